"""What the system refuses (disk full, no right to write…), in French, with what to do."""

import errno

_RAISONS = {
    errno.ENOSPC: "le disque est plein. Libérer de la place, puis recommencer.",
    errno.EDQUOT: "l’espace accordé sur ce disque est épuisé. Libérer de la place, puis recommencer.",
    errno.EACCES: "droits insuffisants. Demander l’accès à ce dossier, puis recommencer.",
    errno.EPERM: "droits insuffisants. Demander l’accès à ce dossier, puis recommencer.",
    errno.EROFS: "ce disque est en lecture seule.",
    errno.ENOENT: "rien n’existe à cet endroit.",
    errno.ENOTDIR: "ce n’est pas un dossier.",
    errno.EISDIR: "c’est un dossier, un fichier était attendu.",
    errno.EEXIST: "cet endroit est déjà pris.",
    errno.ENAMETOOLONG: "ce nom est trop long.",
    errno.EMFILE: "trop de fichiers sont ouverts. Relancer le tableau de bord.",
    errno.EIO: "le disque ne répond pas. Prévenir le service informatique.",
}


def phrase(erreur: OSError) -> str:
    """« data/raw : le disque est plein. … »; an error we raised ourselves already says its own sentence."""
    if erreur.errno is None:
        return str(erreur)
    raison = _RAISONS.get(erreur.errno, f"refus du système (code {erreur.errno}).")
    lieu = f"« {erreur.filename} » : " if erreur.filename else ""
    return f"{lieu}{raison}" if lieu else raison[0].upper() + raison[1:]
