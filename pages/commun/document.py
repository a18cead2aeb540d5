"""What the HTML document needs and no option of Streamlit gives: language, French labels, width, print.

Everything sent here is constant: no data ever enters this HTML. Selectors are Streamlit's test ids, steadier
than its classes.
"""

import json

import streamlit as st

# labels of Streamlit 1.67 that no option translates (attribute or text, exact match)
_LIBELLES = {
    "Skip to main content": "Aller au contenu",
    "App pages": "Pages",
    "Main menu": "Menu principal",
    "Sidebar": "Menu",
    "Collapse sidebar": "Replier le menu",
    "Expand sidebar": "Déplier le menu",
    "Open sidebar": "Ouvrir le menu",
    "Close sidebar": "Fermer le menu",
    "Link to heading": "Lien vers ce titre",
    "Fullscreen": "Plein écran",
    "Close fullscreen": "Quitter le plein écran",
    "Open": "Ouvrir",
    "Close": "Fermer",
    "No results": "Aucun résultat",
    "Rerun": "Relancer",
    "Settings": "Réglages",
    "Print": "Imprimer",
    "About": "À propos",
    "Clear cache": "Vider le cache",
    "Record screen": "Enregistrer l’écran",
    "Running...": "Calcul en cours…",
    "Stop": "Arrêter",
    "Stop script": "Arrêter le calcul",
    "Scroll tabs left": "Onglets précédents",
    "Scroll tabs right": "Onglets suivants",
    "Help": "Aide",
    "Copy to clipboard": "Copier",
    "Copied": "Copié",
    "Choose an option": "Choisir",
    "Clear value": "Effacer le choix",
    "Clear date": "Effacer la date",
    "Clear time": "Effacer l’heure",
    "Choose date": "Choisir la date",
    "Previous month": "Mois précédent",
    "Next month": "Mois suivant",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": (
        "Flèches pour changer de jour, Entrée pour choisir, Échap pour fermer."
    ),
    "Upload": "Choisir des fichiers",
    "200MB per file": "ou faites-les glisser ici",
    "file upload": "Fichiers à déposer",
    "Drag and drop files here": "Lâchez les fichiers ici",
    "Add files": "Ajouter des fichiers",
    "File must be 200.0MB or smaller.": "Ce fichier dépasse 200 Mo : posez-le dans data/raw/",
    "Error: File must be 200.0MB or smaller.": "Ce fichier dépasse 200 Mo : posez-le dans data/raw/",
    # the tools of a table
    "Search": "Chercher",
    "Type to search": "Écrire pour chercher",
    "Previous Result": "Résultat précédent",
    "Next Result": "Résultat suivant",
    "Download as CSV": "Télécharger en CSV",
    "Show/hide columns": "Choisir les colonnes",
    "Add row": "Ajouter une ligne",
    "Delete row(s)": "Supprimer ces lignes",
    "Select all": "Tout choisir",
    "Clear selection": "Ne plus rien choisir",
    "Copy version to clipboard": "Copier la version",
    "Dismiss": "Fermer",
    "add icon": "Ajouter",
    "progress": "Avancement",
}

# those that begin so: the parts of a date or of an hour, said to whoever does not see them
_DEBUTS = {
    "day, ": "jour, ",
    "month, ": "mois, ",
    "year, ": "année, ",
    "hour, ": "heure, ",
    "Choose date, ": "Choisir la date, ",
    "Selected Date: ": "Date choisie : ",
    "Selected Time: ": "Heure choisie : ",
    "Remove ": "Retirer ",
    "Made with ": "Fait avec ",
}

# sizes of files, numbers of choices: a pattern of the whole text or of its end, what replaces it
_FORMES = {
    r"\b([0-9]+)[.]([0-9])([KMG]?)B$": "$1,$2\u202f$3o",
    r"^([0-9]+) options? available[.]$": "Choix possibles : $1.",
    r"^Select ([0-9]+) matches$": "Choisir ces $1 réponses",
}

_SCRIPT = """<script>
(() => {
  const racine = document.documentElement;
  racine.lang = "fr";
  if (window.ctgLangue) return;
  const mots = %s, debuts = Object.entries(%s);
  const formes = Object.entries(%s).map(([forme, dite]) => [new RegExp(forme), dite]);
  // a calendar is written in the language of the browser, which on a projector is often English
  Object.defineProperty(navigator, "language", {get: () => "fr-FR", configurable: true});
  const mois = Object.fromEntries([...Array(12).keys()].map(rang => ["en", "fr"].map(
    langue => new Date(2000, rang, 15).toLocaleString(langue, {month: "long"}))));
  const noms = Object.keys(mois).join("|");
  const jour = new RegExp(`(${noms}) ([0-9]+), ([0-9]+)$`), numero = new RegExp(`^([0-9]+ – )(${noms})$`);
  const enFrancais = texte => {
    if (!texte || mots[texte]) return texte && mots[texte];
    const debut = debuts.find(([anglais]) => texte.startsWith(anglais));
    const sansForme = formes.reduce((lu, [forme, dite]) => lu.replace(forme, dite), texte);
    const dit = (debut ? debut[1] + sansForme.slice(debut[0].length) : sansForme)
      .replace(jour, (_, nom, quantieme, annee) => `${quantieme} ${mois[nom]} ${annee}`)
      .replace(numero, (_, rang, nom) => rang + mois[nom]);
    return dit === texte ? undefined : dit;
  };
  // Streamlit names a box by its label as it was written, markdown and all
  const sansMarques = nom => nom.replace(/\\\\([^\\w\\s])/g, "$1").replaceAll("**", "");
  const traduire = () => {
    racine.lang = "fr";
    if (!racine.dataset.francais && document.querySelector('[data-testid="stDateInput"]')) {
      racine.dataset.francais = "oui";
      window.dispatchEvent(new Event("languagechange"));
    }
    const attributs = ["aria-label", "aria-valuetext", "title", "alt", "placeholder"];
    for (const el of document.querySelectorAll(attributs.map(nom => `[${nom}]`).join()))
      for (const attribut of attributs) {
        const mot = enFrancais(el.getAttribute(attribut));
        if (mot) el.setAttribute(attribut, mot);
      }
    for (const el of document.querySelectorAll('input[type="checkbox"][aria-label]')) {
      const nom = el.getAttribute("aria-label"), lu = sansMarques(nom);
      if (lu !== nom) el.setAttribute("aria-label", lu);
    }
    const lus = "a, button, span, p, li, h2, [id^=react-aria-description], [role=log] div, .stFileChip div, "
      + "[data-item-hl]";
    for (const el of document.querySelectorAll(lus)) {
      const noeud = el.firstChild?.nodeType === 3 ? el.firstChild : null;
      const mot = noeud && enFrancais(noeud.nodeValue);
      if (mot) noeud.nodeValue = mot;
    }
  };
  let attente = 0;
  window.ctgLangue = new MutationObserver(() => {
    attente ||= setTimeout(() => { attente = 0; traduire(); }, 120);
  });
  window.ctgLangue.observe(document.body, {childList: true, subtree: true});
  traduire();
})();
</script>""" % tuple(json.dumps(dits, ensure_ascii=False) for dits in (_LIBELLES, _DEBUTS, _FORMES))  # noqa: UP031


_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-left: 2.5rem; padding-right: 2.5rem; }
[data-testid="stPageLink-NavLink"] * { white-space: normal; overflow: visible; }
/* what a list has no room for is seen to be missing; a table of few columns has room for a sentence */
[data-testid="stSelectbox"] input { text-overflow: ellipsis; }
[data-testid="stTable"] table:not(:has(th:nth-child(4))) [data-testid="stMarkdownContainer"] {
  max-width: 40rem;
}
[data-testid="stBottom"] { border-top: 1px solid #C9D1D9; }
[data-testid="stBottomBlockContainer"] { padding: 0.75rem 2.5rem 1rem; }
/* what the keyboard reaches must not stand behind the foot of the screen, nor the foot take a short screen */
[data-testid="stMain"]:has([data-testid="stBottom"]) { scroll-padding-bottom: 13rem; }
@media (max-height: 30rem) { [data-testid="stBottom"] { position: static; } }
@page { size: A4 landscape; margin: 10mm; }
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stDownloadButton"] { display: none; }
  [data-testid="stMainBlockContainer"] { padding: 0; }
  [data-testid="stBottom"] { position: static; }
  [data-testid="stMain"] [data-testid="stVerticalBlock"] { display: block; }
  [data-testid="stElementContainer"], [data-testid="stLayoutWrapper"] { margin-bottom: 0.6rem; }
  [class*="st-key-figure_"], [data-testid="stColumn"], tr { break-inside: avoid; }
  [data-testid="stTable"], [data-testid="stTable"] * { overflow: visible !important; }
  [data-testid="stTableStyledTable"] { display: table !important; width: 100%; }
  h1, h2, h3 { break-after: avoid; }
}
</style>"""


def preparer() -> None:
    """Set `lang="fr"`, put Streamlit's own labels in French, use the width, make the page printable."""
    st.html(_STYLE)
    st.html(_SCRIPT, unsafe_allow_javascript=True)
