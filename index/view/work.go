package view

// Round is a set of pages that get the same number of further answers.
type Round struct {
	Request     string `json:"request"`
	Number      uint32 `json:"number"`
	Milestone   uint32 `json:"milestone"`
	State       string `json:"state" enum:"preparing,committing,revealing,gold,judging,closed"`
	Manifest    string `json:"manifest" doc:"content id"`
	Pages       uint32 `json:"pages"`
	Target      uint32 `json:"target" doc:"answers that each page gets"`
	Deadline    int64  `json:"deadline" doc:"at which the state ends by itself; 0: none"`
	Leased      uint32 `json:"leased"`
	Committed   uint32 `json:"committed"`
	Revealed    uint32 `json:"revealed"`
	Submissions uint64 `json:"submissions"`
	Gold        string `json:"gold" doc:"content id of the gold opened"`
}

// WorkPage is what a contributor has to answer. It never tells gold.
type WorkPage struct {
	Request   string `json:"request"`
	Round     uint32 `json:"round"`
	Page      uint32 `json:"page"`
	Guideline uint32 `json:"guideline"`
	SpecCID   string `json:"spec_cid"`
	Items     []Item `json:"items"`
	LeaseMs   int64  `json:"lease_ms"`
}

// Item is one thing asked about.
type Item struct {
	ID      string `json:"id"`
	Content string `json:"content" doc:"content id, may be empty"`
	Data    JSON   `json:"data" doc:"by key: text, number, dialogue, asset or series; null: none"`
}

// Work is what a party has in hand.
type Work struct {
	Bids        []Bid        `json:"bids"`
	Engagements []Assignment `json:"engagements"`
	NextSteps   []Step       `json:"next_steps" doc:"what to do, the most urgent first"`
}

// Assignment is an engagement with its work.
type Assignment struct {
	Engagement
	Title        string       `json:"title"`
	RequestState string       `json:"request_state"`
	Skill        string       `json:"skill"`
	Round        uint32       `json:"round"`
	RoundState   string       `json:"round_state"`
	Deadline     int64        `json:"deadline" doc:"of the round's state"`
	OpenLeases   []Lease      `json:"open_leases"`
	Submissions  []Submission `json:"submissions" doc:"the newest 200"`
}

// Lease is a page in somebody's hands.
type Lease struct {
	Round   uint32 `json:"round"`
	Page    uint32 `json:"page"`
	Expires int64  `json:"expires"`
}

// Submission is the answers to a page.
type Submission struct {
	Round       uint32 `json:"round"`
	Page        uint32 `json:"page"`
	State       string `json:"state" enum:"leased,expired,committed,revealed,forfeited"`
	Items       uint32 `json:"items"`
	LeasedAt    int64  `json:"leased_at"`
	CommittedAt int64  `json:"committed_at" doc:"0: not yet"`
	RevealedAt  int64  `json:"revealed_at" doc:"0: not yet"`
	Content     string `json:"content" doc:"content id, once revealed"`
}

// Step is something that waits for a party.
type Step struct {
	Kind    string `json:"kind" enum:"accept,lease,answer,reveal,award,close_round,reveal_gold,review,revise"`
	Request string `json:"request"`
	Title   string `json:"title"`
	Round   uint32 `json:"round"`
	Page    uint32 `json:"page"`
	Due     int64  `json:"due" doc:"0: no deadline"`
}
