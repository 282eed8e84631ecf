-- History: what blocks say, and nothing else. A table marked keyed lies in the
-- order of its key, where the database can.
CREATE TABLE position (
  one BIGINT PRIMARY KEY, chain TEXT NOT NULL, height BIGINT NOT NULL, time BIGINT NOT NULL
);
CREATE TABLE blocks (
  height BIGINT PRIMARY KEY, hash TEXT NOT NULL, app_hash TEXT NOT NULL, proposer TEXT NOT NULL,
  time BIGINT NOT NULL, txs BIGINT NOT NULL, events BIGINT NOT NULL
);
CREATE TABLE txs (
  height BIGINT NOT NULL, idx BIGINT NOT NULL, hash TEXT NOT NULL, time BIGINT NOT NULL, code BIGINT NOT NULL,
  log TEXT NOT NULL, gas_used BIGINT NOT NULL, fee BIGINT NOT NULL, memo TEXT NOT NULL, signers TEXT NOT NULL,
  messages TEXT NOT NULL, PRIMARY KEY (height, idx)
);
CREATE INDEX txs_hash ON txs (hash);
-- A tag is "p:" and a party, or "s:" and a stage.
CREATE TABLE tx_tags (
  tag TEXT NOT NULL, height BIGINT NOT NULL, idx BIGINT NOT NULL, PRIMARY KEY (tag, height, idx)
) /* keyed */;
CREATE TABLE events (
  height BIGINT NOT NULL, idx BIGINT NOT NULL, time BIGINT NOT NULL, tx TEXT NOT NULL, stage TEXT NOT NULL,
  action TEXT NOT NULL, request TEXT NOT NULL, party TEXT NOT NULL, attributes TEXT NOT NULL, PRIMARY KEY (height, idx)
) /* keyed */;
CREATE INDEX events_request ON events (request, height, idx);
CREATE TABLE parties (address TEXT PRIMARY KEY, since BIGINT NOT NULL);
CREATE TABLE submissions (
  request TEXT NOT NULL, round BIGINT NOT NULL, page BIGINT NOT NULL, contributor TEXT NOT NULL, state TEXT NOT NULL,
  leased BIGINT NOT NULL, committed BIGINT NOT NULL, revealed BIGINT NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (request, round, page, contributor)
) /* keyed */;
CREATE INDEX submissions_contributor ON submissions (contributor, request, leased);
CREATE INDEX submissions_committed ON submissions (request, committed);
CREATE TABLE contests (
  request TEXT NOT NULL, milestone BIGINT NOT NULL, contributor TEXT NOT NULL, state TEXT NOT NULL,
  reason TEXT NOT NULL, evidence TEXT NOT NULL, opened BIGINT NOT NULL, PRIMARY KEY (request, milestone, contributor)
) /* keyed */;
CREATE TABLE releases (
  request TEXT NOT NULL, milestone BIGINT NOT NULL, contributor TEXT NOT NULL, at BIGINT NOT NULL,
  amount BIGINT NOT NULL, PRIMARY KEY (request, milestone, contributor)
) /* keyed */;
CREATE INDEX releases_at ON releases (request, at);
CREATE TABLE verdict_blocks (
  request TEXT NOT NULL, round BIGINT NOT NULL, height BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (request, round)
) /* keyed */;
CREATE TABLE votes (
  request TEXT NOT NULL, round BIGINT NOT NULL, validator TEXT NOT NULL, digest TEXT NOT NULL, height BIGINT NOT NULL,
  PRIMARY KEY (request, round, validator)
) /* keyed */;
CREATE INDEX votes_validator ON votes (validator);
