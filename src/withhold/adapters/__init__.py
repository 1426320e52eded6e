"""``withhold.decide`` inside other people's pipelines: datatrove, Hugging Face datasets, Spark."""
