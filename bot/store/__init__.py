"""What any feature that keeps something needs: one database, its schema, backups. Knows no feature and no Discord."""
