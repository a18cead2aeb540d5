"""The life of a value, in words: where a campaign and a fiche stand, and what may be diffused."""

PROVISOIRE = "provisoire, ne pas diffuser"

# in their order; the first two come by themselves
LIBELLES = {
    "recue": "reçue",
    "controlee": "contrôlée",
    "confirmee": "confirmée par la structure",
    "validee": "validée par le référent",
    "aval": "aval de la Caf",
    "diffusee": "diffusée",
}
