package view

// Model is a collaborative model as a list shows it.
type Model struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Family        string `json:"family"`
	Classes       uint32 `json:"classes"`
	Features      uint32 `json:"features"`
	Incentive     string `json:"incentive" enum:"points,deposit,bounty"`
	State         string `json:"state" enum:"live,replaced,retired"`
	Creator       string `json:"creator"`
	Owner         string `json:"owner" doc:"empty: nobody"`
	Licence       string `json:"licence"`
	CreatedAt     int64  `json:"created_at"`
	Contributions uint64 `json:"contributions"`
	Entries       uint64 `json:"entries" doc:"of its log"`
	Updates       uint64 `json:"updates"`
	Root          string `json:"root"`
	Successor     string `json:"successor"`
	NextDeposit   Ualy   `json:"next_deposit"`
}

// ModelDetail is a model with its terms.
type ModelDetail struct {
	Model
	Terms   JSON     `json:"terms" doc:"alaya.model.v1.Terms in proto JSON, snake_case"`
	Purse   JSON     `json:"purse" doc:"alaya.model.v1.Purse; null without deposits"`
	Price   JSON     `json:"price" doc:"alaya.model.v1.Price; null without deposits"`
	Lineage JSON     `json:"lineage" doc:"list of alaya.model.v1.Version, the oldest first"`
	Stale   bool     `json:"stale" doc:"a rebuild is due"`
	Encoder JSON     `json:"encoder" doc:"core/model/feature.Encoder; null when its blob is not here"`
	Fields  []string `json:"fields" doc:"cells of a question, in their order"`
	Labels  []string `json:"labels" doc:"names of the classes; none: they are numbers"`
}

// Contribution is one item of a model.
type Contribution struct {
	Number   uint64 `json:"number"`
	Author   string `json:"author"`
	State    string `json:"state" enum:"committed,given,trained,confirmed,neutral,rejected,trimmed,lapsed,withdrawn"`
	At       int64  `json:"at"`
	Deadline int64  `json:"deadline"`
	Deposit  Ualy   `json:"deposit"`
	Reports  uint32 `json:"reports"`
	CopyOf   uint64 `json:"copy_of"`
	Entry    uint64 `json:"entry"`
	Label    int64  `json:"label"`
	Class    uint32 `json:"class" doc:"what the model said before it learnt the item"`
	Margin   int64  `json:"margin" doc:"by how much"`
	Content  string `json:"content"`
	Licence  string `json:"licence"`
}

// Rank is a contributor of a model on its leaderboard.
type Rank struct {
	Party     string   `json:"party"`
	Points    int64    `json:"points"`
	Level     string   `json:"level"`
	Badges    []string `json:"badges"`
	Given     uint64   `json:"given"`
	Confirmed uint64   `json:"confirmed"`
	Rejected  uint64   `json:"rejected"`
	Neutral   uint64   `json:"neutral"`
	Due       Ualy     `json:"due"`
	Claimed   Ualy     `json:"claimed"`
}

// ModelMarket is one call for improvement of a model.
type ModelMarket struct {
	Number   uint64 `json:"number"`
	Provider string `json:"provider"`
	State    string `json:"state" enum:"sampling,joining,opening,revealing,drawing,scoring,done,failed,void"`
	Bounty   Ualy   `json:"bounty"`
	Bond     Ualy   `json:"bond"`
	Stake    Ualy   `json:"stake"`
	Batches  uint32 `json:"batches"`
	Opened   uint32 `json:"opened"`
	Settled  uint32 `json:"settled"`
	SampleBy int64  `json:"sample_by"`
	JoinBy   int64  `json:"join_by"`
	OpenBy   int64  `json:"open_by"`
	RevealBy int64  `json:"reveal_by"`
}

// Entry is one change of a model.
type Entry struct {
	Number       uint64 `json:"number"`
	Kind         string `json:"kind" enum:"train,remove,rollback,rebuild,promote"`
	Contribution uint64 `json:"contribution"`
	To           uint64 `json:"to"`
	Generation   uint32 `json:"generation"`
	Other        string `json:"other"`
	Height       int64  `json:"height"`
	At           int64  `json:"at"`
	Root         string `json:"root"`
}
