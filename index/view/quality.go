package view

// Measure is a clause beside what was measured.
type Measure struct {
	Metric     string `json:"metric"`
	Threshold  uint32 `json:"threshold" doc:"ppm"`
	Confidence uint32 `json:"confidence" doc:"ppm"`
	Estimate   uint32 `json:"estimate" doc:"ppm"`
	LowerBound uint32 `json:"lower_bound" doc:"one-sided, ppm"`
	Evidence   string `json:"evidence" enum:"gold,posterior," doc:"empty: nothing measured yet"`
	Items      uint64 `json:"items" doc:"measured"`
	Holds      bool   `json:"holds"`
}

// Verdict is what the validators found of a round.
type Verdict struct {
	Request       string   `json:"request"`
	Round         uint32   `json:"round"`
	State         string   `json:"state" enum:"open,agreed,done,abandoned"`
	Attempt       uint32   `json:"attempt"`
	Digest        string   `json:"digest" doc:"lower-case hex; empty: not agreed yet"`
	Power         int64    `json:"power" doc:"voting power on the digest"`
	TotalPower    int64    `json:"total_power"`
	VoteCount     uint32   `json:"votes"`
	Height        int64    `json:"height" doc:"of the block that has the verdict; 0: none yet"`
	At            int64    `json:"at"`
	Final         bool     `json:"final"`
	Items         uint64   `json:"items"`
	Accepted      uint64   `json:"accepted"`
	Contested     uint64   `json:"contested"`
	Delivered     uint64   `json:"delivered"`
	Measure       Measure  `json:"measure"`
	Records       string   `json:"records" doc:"content id"`
	RecordsRoot   string   `json:"records_root"`
	Report        string   `json:"report" doc:"content id"`
	Label         string   `json:"label" doc:"content id of the ingredients label"`
	PayoutsTotal  Ualy     `json:"payouts_total"`
	DuePpm        uint32   `json:"due_ppm" doc:"share of the price that is due by the clause"`
	NextManifest  string   `json:"next_manifest"`
	SuspendedList []string `json:"suspended"`
}

// VerdictDetail is a verdict with who voted for it.
type VerdictDetail struct {
	Verdict
	ByValidator []Vote `json:"by_validator"`
}

// Vote is the last digest that a validator gave for a job.
type Vote struct {
	Validator string `json:"validator" doc:"operator address"`
	Digest    string `json:"digest"`
	Height    int64  `json:"height"`
	Agrees    bool   `json:"agrees" doc:"with the digest of the verdict"`
}

// Dashboard is how a request goes.
type Dashboard struct {
	Throughput   []Point         `json:"throughput" doc:"answers committed, by equal steps of time"`
	Spend        []Spend         `json:"spend" doc:"pay released, by equal steps of time"`
	AgreementPpm int64           `json:"agreement_ppm" doc:"Krippendorff's alpha of the last verdict; may be below 0"`
	Clause       Measure         `json:"clause"`
	Contested    []ContestedItem `json:"contested" doc:"the least supported 100"`
	Contributors []Contributor   `json:"contributors"`
}

// ContestedItem is an item that the answers disagree on.
type ContestedItem struct {
	Item       string `json:"item"`
	Page       uint32 `json:"page"`
	Round      uint32 `json:"round"`
	SupportPpm uint32 `json:"support_ppm"`
}

// Contributor is one who works on a request, and what became of it.
type Contributor struct {
	Party     string `json:"party"`
	Name      string `json:"name"`
	State     string `json:"state" enum:"offered,active,completed,terminated,lapsed"`
	Answers   uint64 `json:"answers"`
	SkillPpm  uint32 `json:"skill_ppm"`
	GoldRight uint32 `json:"gold_right"`
	GoldSeen  uint32 `json:"gold_seen"`
	Paid      Ualy   `json:"paid"`
	Pending   Ualy   `json:"pending"`
}
