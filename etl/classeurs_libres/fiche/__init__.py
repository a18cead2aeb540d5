"""The « fiche de travail et d’analyse » that is sent: the same rows in a workbook or in Word."""
