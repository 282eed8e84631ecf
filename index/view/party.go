package view

// Profile is how an address lets itself be found.
type Profile struct {
	Name      string   `json:"name"`
	Roles     []string `json:"roles"`
	Skills    []string `json:"skills"`
	Languages []string `json:"languages"`
	Contact   string   `json:"contact"`
	Metadata  string   `json:"metadata" doc:"content id"`
}

// Standing is what an address has proved in a skill.
type Standing struct {
	Skill         string `json:"skill"`
	ScorePpm      uint32 `json:"score_ppm" doc:"lower 5 % quantile"`
	Answers       uint64 `json:"answers" doc:"aged count of verified ones"`
	PercentilePpm uint32 `json:"percentile" doc:"share of the skill's holders who score less, ppm"`
	Level         string `json:"level" enum:"novice,practised,expert,lead"`
	Settled       Ualy   `json:"settled"`
}

// Party is somebody who takes part.
type Party struct {
	Address     string      `json:"address"`
	Profile     Profile     `json:"profile"`
	Balance     Ualy        `json:"balance"`
	Standings   []Standing  `json:"standings"`
	Strikes     uint32      `json:"strikes"`
	AsRequester AsRequester `json:"as_requester"`
	Stakes      []Stake     `json:"stakes"`
	Since       int64       `json:"since" doc:"first seen; 0: never"`
}

// Stake is money that answers for an engagement.
type Stake struct {
	Request   string `json:"request"`
	Amount    Ualy   `json:"amount"`
	Slashed   Ualy   `json:"slashed"`
	Cause     string `json:"cause"`
	State     string `json:"state" enum:"locked,unbonding,returned,slashed"`
	ReleaseAt int64  `json:"release_at"`
}

// Earnings is what a party has earned.
type Earnings struct {
	Earned   Ualy      `json:"earned" doc:"pending and released"`
	Pending  []Due     `json:"pending"`
	Released Ualy      `json:"released"`
	Hourly   Ualy      `json:"hourly" doc:"earned by hour between lease and commitment; 0: not known"`
	Entries  []Earning `json:"entries" doc:"the newest 200"`
}

// Due is money that waits.
type Due struct {
	Request   string `json:"request"`
	Amount    Ualy   `json:"amount"`
	ReleaseAt int64  `json:"release_at"`
}

// Earning is the pay of a milestone.
type Earning struct {
	Request    string   `json:"request"`
	Title      string   `json:"title"`
	Round      uint32   `json:"round"`
	Milestone  uint32   `json:"milestone"`
	Amount     Ualy     `json:"amount"`
	State      string   `json:"state" enum:"pending,contested,released"`
	ReleaseAt  int64    `json:"release_at"`
	ReleasedAt int64    `json:"released_at" doc:"0: not yet"`
	Contested  *Contest `json:"contested" doc:"null: never"`
	Answers    uint64   `json:"answers"`
	ScorePpm   uint32   `json:"score_ppm"`
	FactorPpm  uint32   `json:"factor_ppm" doc:"share of the price that quality earned"`
	GoldRight  uint32   `json:"gold_right"`
	GoldSeen   uint32   `json:"gold_seen"`
	Worthless  bool     `json:"worthless"`
}

// Contest is a requester's objection to a payout.
type Contest struct {
	Reason   string `json:"reason" enum:"wrong_labels,spam,copied,off_guideline"`
	Evidence string `json:"evidence" doc:"content id"`
	State    string `json:"state" enum:"open,withdrawn,overturned"`
	Deadline int64  `json:"deadline" doc:"at which it ends in the contributor's favour"`
	OpenedAt int64  `json:"opened_at"`
}

// Account is what signing needs.
type Account struct {
	Address  string     `json:"address"`
	Number   Serial     `json:"number"`
	Sequence uint64     `json:"sequence"`
	Balance  Ualy       `json:"balance"`
	Exists   bool       `json:"exists"`
	Grants   []FeeGrant `json:"grants"`
}

// FeeGrant lets an account use another's money for fees.
type FeeGrant struct {
	Granter    string `json:"granter"`
	SpendLimit Ualy   `json:"spend_limit" doc:"0: no limit"`
	Expires    int64  `json:"expires" doc:"0: never"`
}
