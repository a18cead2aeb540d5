"""From a file dropped on a page to `data/raw`: put down whole, examined, then accepted or set aside."""
