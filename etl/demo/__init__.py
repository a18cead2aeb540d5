"""The fictional campaign: what plausible structures and référents would answer, accidents included.

Every figure and every sentence is invented; the orders of magnitude stand in the CSV tables of this folder.
"""

from etl.demo.generation import Bilan, DemoImpossible, generer

__all__ = ["Bilan", "DemoImpossible", "generer"]
