"""How good a generator and its directions are: metrics, edits seen by a judge, and the page that shows them."""
