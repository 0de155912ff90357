"""How long what is kept, where, why, and who sees it: data that the job and the page both read."""
