"""Archives of platforms, as generators write them and readers read them."""
