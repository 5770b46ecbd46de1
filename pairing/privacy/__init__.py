"""Personal data: masked on pages, sealed in the store, found by keyed fingerprints and by pinyin."""
