package view

// Reputation is how a requester has treated others.
type Reputation struct {
	Name          string `json:"name"`
	Requests      uint64 `json:"requests"`
	Contested     uint64 `json:"contested" doc:"payouts that he contested"`
	Overturned    uint64 `json:"overturned" doc:"of them decided against him"`
	OverturnedPpm uint32 `json:"overturned_ppm"`
}

// AsRequester is a reputation with what stands behind it.
type AsRequester struct {
	Reputation
	Paid Ualy `json:"paid" doc:"released to contributors"`
}

// Card is a request as a list shows it.
type Card struct {
	ID               string     `json:"id"`
	Title            string     `json:"title"`
	Summary          string     `json:"summary"`
	Tags             []string   `json:"tags"`
	Skill            string     `json:"skill"`
	State            string     `json:"state" enum:"open,matched,working,settling,closed,cancelled,expired"`
	Requester        string     `json:"requester"`
	RequesterRep     Reputation `json:"requester_standing"`
	Modality         string     `json:"modality" enum:"text,image,audio,video,cloud,series,dialogue,mixed," doc:"empty: the items are not here"`
	AnswerTypes      []string   `json:"answer_types"`
	Languages        []string   `json:"languages"`
	Items            uint64     `json:"items"`
	PriceCap         Ualy       `json:"price_cap" doc:"of one answer"`
	HourlyEstimate   Ualy       `json:"hourly_estimate" doc:"at the price cap, by the time that answers take here, else by the usual time of their type"`
	CommitmentMs     int64      `json:"commitment_ms" doc:"time that one page takes"`
	BidDeadline      int64      `json:"bid_deadline"`
	DeliveryDeadline int64      `json:"delivery_deadline"`
	Bids             uint32     `json:"bids" doc:"open ones"`
	Roster           uint32     `json:"roster" doc:"engagements offered or in force"`
	ProgressPpm      uint32     `json:"progress_ppm"`
	Budget           Ualy       `json:"budget"`
	PostedAt         int64      `json:"posted_at"`
	Invited          bool       `json:"invited" doc:"only the invited may bid"`
	MinScorePpm      uint32     `json:"min_score_ppm" doc:"score in the skill that a bidder needs"`
	Matching         string     `json:"matching" enum:"manual,auto"`
	Stake            Ualy       `json:"stake"`
	Deposit          Ualy       `json:"deposit"`
	Milestone        uint32     `json:"milestone" doc:"in work, from 0"`
	Milestones       uint32     `json:"milestones"`
	Round            uint32     `json:"round" doc:"in work, 0: none yet"`
}

// Request is all of a request.
type Request struct {
	Card
	Terms      JSON        `json:"terms" doc:"alaya.market.v1.RequestTerms in proto JSON, snake_case"`
	TermsHash  string      `json:"terms_hash" doc:"lower-case hex"`
	FeeBps     uint32      `json:"fee_bps"`
	Spec       JSON        `json:"spec" doc:"newest spec blob; null when it is not here"`
	Guidelines []Guideline `json:"guidelines"`
	Money      Money       `json:"money"`
	Rounds     []Round     `json:"rounds"`
	Verdicts   []Verdict   `json:"verdicts"`
	Datasets   []Dataset   `json:"datasets"`
}

// Guideline is one version of the spec.
type Guideline struct {
	Version uint32 `json:"version"`
	Spec    string `json:"spec" doc:"content id"`
	At      int64  `json:"at"`
}

// Money is where the requester's money is.
type Money struct {
	Budget   Ualy `json:"budget"`
	Escrowed Ualy `json:"escrowed" doc:"put in: budget and network fee"`
	Paid     Ualy `json:"paid" doc:"to contributors, net of the fee"`
	Pending  Ualy `json:"pending" doc:"earned, in review or contested"`
	Refunded Ualy `json:"refunded"`
	Fees     Ualy `json:"fees"`
}

// Bid is an offer to work.
type Bid struct {
	Request  string   `json:"request"`
	Title    string   `json:"title"`
	Bidder   string   `json:"bidder"`
	Name     string   `json:"name" doc:"of the bidder"`
	Price    Ualy     `json:"price"`
	Units    uint64   `json:"units"`
	Pages    []uint32 `json:"pages"`
	Note     string   `json:"note" doc:"content id"`
	Deposit  Ualy     `json:"deposit"`
	State    string   `json:"state" enum:"open,awarded,rejected,withdrawn,expired"`
	PlacedAt int64    `json:"placed_at"`
	ScorePpm uint32   `json:"score_ppm" doc:"in the request's skill, when he bid"`
}

// Engagement is a contributor's contract.
type Engagement struct {
	Request     string   `json:"request"`
	Contributor string   `json:"contributor"`
	Name        string   `json:"name"`
	Price       Ualy     `json:"price"`
	Units       uint64   `json:"units"`
	Pages       []uint32 `json:"pages"`
	Stake       Ualy     `json:"stake"`
	TermsHash   string   `json:"terms_hash" doc:"what accepting signs, lower-case hex"`
	State       string   `json:"state" enum:"offered,active,completed,terminated,lapsed"`
	OfferedAt   int64    `json:"offered_at"`
	AcceptBy    int64    `json:"accept_by"`
	Guideline   uint32   `json:"guideline"`
	Done        uint64   `json:"done" doc:"answers leased or given, against units"`
	Suspended   bool     `json:"suspended"`
}

// Event is one thing that happened.
type Event struct {
	Height     int64             `json:"height"`
	Index      int               `json:"index"`
	Time       int64             `json:"time"`
	Tx         string            `json:"tx" doc:"empty: the block did it by itself"`
	Stage      string            `json:"stage"`
	Action     string            `json:"action"`
	Request    string            `json:"request"`
	Party      string            `json:"party"`
	Attributes map[string]string `json:"attributes"`
}
