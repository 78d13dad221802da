"""Tools for the people who edit: new entries, schemas for their editors, advice and reports."""
