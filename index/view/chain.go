package view

// Block is a block of the chain.
type Block struct {
	Height   int64  `json:"height"`
	Time     int64  `json:"time"`
	Hash     string `json:"hash" doc:"upper-case hex"`
	AppHash  string `json:"app_hash" doc:"of the state before it"`
	Proposer string `json:"proposer" doc:"consensus address in hex"`
	Txs      int    `json:"txs"`
	Events   int    `json:"events"`
}

// BlockDetail is a block with what it holds.
type BlockDetail struct {
	Block
	Transactions []Tx    `json:"transactions" doc:"the first 1000"`
	Happened     []Event `json:"happened" doc:"the first 1000"`
}

// Tx is a transaction in words.
type Tx struct {
	Hash     string    `json:"hash" doc:"upper-case hex"`
	Height   int64     `json:"height"`
	Index    int       `json:"index"`
	Time     int64     `json:"time"`
	OK       bool      `json:"ok"`
	Code     uint32    `json:"code"`
	Log      string    `json:"log" doc:"why it failed"`
	GasUsed  int64     `json:"gas_used"`
	Fee      Ualy      `json:"fee"`
	Memo     string    `json:"memo"`
	Signers  []string  `json:"signers"`
	Messages []Message `json:"messages"`
}

// Message is one thing that a transaction asks for.
type Message struct {
	Stage  string `json:"stage" doc:"market, work, …; of the SDK's own the module"`
	Verb   string `json:"verb" doc:"such as place_bid"`
	Fields JSON   `json:"fields" doc:"the message in proto JSON, snake_case; {\"omitted\":bytes} when it is long"`
}

// TxDetail is a transaction with what it did.
type TxDetail struct {
	Tx
	Happened []Event `json:"happened"`
}

// Validator is one who agrees on blocks.
type Validator struct {
	Operator      string `json:"operator"`
	Account       string `json:"account"`
	Consensus     string `json:"consensus" doc:"address in hex, as blocks name their proposer"`
	Moniker       string `json:"moniker"`
	Power         int64  `json:"power"`
	Status        string `json:"status" enum:"bonded,unbonding,unbonded"`
	Jailed        bool   `json:"jailed"`
	CommissionPpm uint32 `json:"commission_ppm"`
	Proposed      uint64 `json:"proposed" doc:"of the last 1000 blocks"`
	Votes         uint64 `json:"votes" doc:"on verdicts"`
}

// Plane is what this node's store holds.
type Plane struct {
	Blobs  uint64 `json:"blobs" doc:"blocks of bytes"`
	Bytes  int64  `json:"bytes"`
	Pins   []Pin  `json:"pins" doc:"the first 100"`
	Pinned uint64 `json:"pinned"`
}

// Pin keeps a blob for a reason.
type Pin struct {
	CID    string `json:"cid"`
	Reason string `json:"reason"`
}

// Found is a hit of a search over everything.
type Found struct {
	Kind    string `json:"kind" enum:"request,dataset,party,block,tx,model"`
	ID      string `json:"id"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
}
