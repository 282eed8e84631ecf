-- What can be searched by words. Numbers rise with time, so the newest of many
-- hits are found without looking at all. Facets are what a search may filter
-- by, as words that no text has.
CREATE TABLE documents (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
  facets TEXT NOT NULL, UNIQUE (kind, id)
);
CREATE VIRTUAL TABLE words USING fts5(
  title, text, facets, content='documents', content_rowid='n', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TRIGGER documents_insert AFTER INSERT ON documents BEGIN
  INSERT INTO words (rowid, title, text, facets) VALUES (new.n, new.title, new.text, new.facets);
END;
CREATE TRIGGER documents_update AFTER UPDATE ON documents
WHEN old.title <> new.title OR old.text <> new.text OR old.facets <> new.facets BEGIN
  INSERT INTO words (words, rowid, title, text, facets) VALUES ('delete', old.n, old.title, old.text, old.facets);
  INSERT INTO words (rowid, title, text, facets) VALUES (new.n, new.title, new.text, new.facets);
END;
CREATE TRIGGER documents_delete AFTER DELETE ON documents BEGIN
  INSERT INTO words (words, rowid, title, text, facets) VALUES ('delete', old.n, old.title, old.text, old.facets);
END;
