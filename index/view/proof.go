package view

// RecordProof is one record of a dataset and all that ties it to a block that
// the validators signed.
type RecordProof struct {
	Record ProvedRecord `json:"record"`
	Proof  JSON         `json:"proof" doc:"of the dataset's entry in the state: store, key, value, height and the ICS-23 path"`
	Header JSON         `json:"header" doc:"signed_header of the block after, and its validator_set, as CometBFT writes them"`
}

// ProvedRecord is a line of the records with its way up to their root.
type ProvedRecord struct {
	Line  string   `json:"line"`
	Index uint64   `json:"index" doc:"from 0"`
	Path  []string `json:"path" doc:"hashes beside the way, the lowest first, lower-case hex"`
}
