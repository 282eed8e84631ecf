-- State: what the node says of a noun that blocks have touched. The columns
-- beside body are what is filtered, sorted or summed.
CREATE TABLE requests (
  id TEXT PRIMARY KEY, requester TEXT NOT NULL, state TEXT NOT NULL, skill TEXT NOT NULL, modality TEXT NOT NULL,
  answer_types TEXT NOT NULL, languages TEXT NOT NULL, price_cap BIGINT NOT NULL, hourly BIGINT NOT NULL,
  page_ms BIGINT NOT NULL, posted BIGINT NOT NULL, bid_deadline BIGINT NOT NULL, items BIGINT NOT NULL, pages BIGINT NOT NULL, cover BIGINT NOT NULL,
  spec TEXT NOT NULL, spec_here BIGINT NOT NULL
);
-- The texts of requests lie apart, so that going through requests is quick.
CREATE TABLE request_texts (id TEXT PRIMARY KEY, card TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX requests_new ON requests (posted, id);
CREATE INDEX requests_pay ON requests (price_cap, id);
CREATE INDEX requests_hourly ON requests (hourly, id);
CREATE INDEX requests_deadline ON requests (bid_deadline, id);
CREATE INDEX requests_state ON requests (state, posted, id);
CREATE INDEX requests_requester ON requests (requester, posted, id);
CREATE INDEX requests_spec ON requests (spec_here, id);
CREATE TABLE bids (
  request TEXT NOT NULL, bidder TEXT NOT NULL, state TEXT NOT NULL, placed BIGINT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (request, bidder)
);
CREATE INDEX bids_bidder ON bids (bidder, placed);
CREATE TABLE engagements (
  request TEXT NOT NULL, contributor TEXT NOT NULL, state TEXT NOT NULL, offered BIGINT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (request, contributor)
);
CREATE INDEX engagements_contributor ON engagements (contributor, offered);
CREATE TABLE assignments (
  request TEXT NOT NULL, contributor TEXT NOT NULL, units BIGINT NOT NULL, suspended BIGINT NOT NULL,
  PRIMARY KEY (request, contributor)
) /* keyed */;
CREATE TABLE progress (request TEXT PRIMARY KEY, round BIGINT NOT NULL, answers BIGINT NOT NULL);
CREATE TABLE rounds (
  request TEXT NOT NULL, number BIGINT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (request, number)
);
CREATE TABLE page_items (
  request TEXT NOT NULL, round BIGINT NOT NULL, page BIGINT NOT NULL, items BIGINT NOT NULL,
  PRIMARY KEY (request, round, page)
) /* keyed */;
CREATE TABLE jobs (
  request TEXT NOT NULL, round BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (request, round)
);
CREATE TABLE verdicts (
  request TEXT NOT NULL, round BIGINT NOT NULL, final BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (request, round)
);
CREATE TABLE settlements (
  request TEXT NOT NULL, milestone BIGINT NOT NULL, state TEXT NOT NULL, round BIGINT NOT NULL,
  release_at BIGINT NOT NULL, PRIMARY KEY (request, milestone)
) /* keyed */;
CREATE TABLE payouts (
  request TEXT NOT NULL, milestone BIGINT NOT NULL, contributor TEXT NOT NULL, state TEXT NOT NULL,
  amount BIGINT NOT NULL, fee BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (request, milestone, contributor)
);
CREATE INDEX payouts_contributor ON payouts (contributor, request, milestone);
CREATE TABLE datasets (
  id TEXT NOT NULL, version BIGINT NOT NULL, latest BIGINT NOT NULL, owner TEXT NOT NULL, request TEXT NOT NULL,
  licence TEXT NOT NULL, published BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id, version)
);
CREATE INDEX datasets_request ON datasets (request, version);
CREATE INDEX datasets_new ON datasets (latest, published, id);
CREATE TABLE profiles (address TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE standings (
  address TEXT NOT NULL, skill TEXT NOT NULL, score BIGINT NOT NULL, correct BIGINT NOT NULL, wrong BIGINT NOT NULL,
  settled BIGINT NOT NULL, updated BIGINT NOT NULL, PRIMARY KEY (address, skill)
) /* keyed */;
CREATE INDEX standings_skill ON standings (skill, score);
CREATE TABLE conducts (
  address TEXT PRIMARY KEY, strikes BIGINT NOT NULL, contests BIGINT NOT NULL, overturned BIGINT NOT NULL
);
CREATE TABLE stakes (
  request TEXT NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (owner, request)
);
CREATE TABLE models (
  id TEXT PRIMARY KEY, family TEXT NOT NULL, incentive TEXT NOT NULL, state TEXT NOT NULL, created BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX models_new ON models (created, id);
