"""The evaluation of a generator and its directions: metrics, edits seen by a judge, and the page that shows them."""
