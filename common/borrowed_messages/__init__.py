"""Words of other packages that our catalogues translate. Never run: the extraction reads them."""
