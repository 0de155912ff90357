"""Whether a person is there: when their page last asked for news, and who has gone silent."""
