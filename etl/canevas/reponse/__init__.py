"""One answer: a number as people write it, a text, « sans objet », nothing, or something to refuse."""
