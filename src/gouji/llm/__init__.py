"""Asks a language model (语言模型): a small port, prompts, and the clients behind it.

Stages speak to a model only through `gouji.llm.port`. Nothing here reads a number or gives a verdict.
"""
