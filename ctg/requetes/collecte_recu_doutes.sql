-- What somebody should look at again in a file of nobody (open data): a few sentences.
SELECT message FROM collecte.anomalie
WHERE fichier = $fichier AND gravite <> 'information' AND NOT acceptee
ORDER BY id
LIMIT 3
