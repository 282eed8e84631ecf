package view

// Dataset is one version of what a request made.
type Dataset struct {
	ID          string   `json:"id"`
	Version     uint32   `json:"version"`
	Semver      string   `json:"semver"`
	Title       string   `json:"title"`
	Summary     string   `json:"summary"`
	Owner       string   `json:"owner"`
	State       string   `json:"state" enum:"published,tombstoned"`
	Reason      string   `json:"reason" doc:"of a tombstone"`
	Records     uint64   `json:"records"`
	RecordsRoot string   `json:"records_root"`
	Content     string   `json:"content" doc:"content id of the records"`
	Manifest    string   `json:"manifest" doc:"content id of the items"`
	LabelCID    string   `json:"label_cid" doc:"content id of the ingredients label"`
	Request     string   `json:"request"`
	Round       uint32   `json:"round"`
	Digest      string   `json:"digest" doc:"of the verdict that made it"`
	Licence     string   `json:"licence"`
	Policy      string   `json:"policy"`
	SharePpm    uint32   `json:"contributor_share"`
	Skill       string   `json:"skill"`
	Modality    string   `json:"modality"`
	AnswerTypes []string `json:"answer_types"`
	Languages   []string `json:"languages"`
	PublishedAt int64    `json:"published_at"`
}

// DatasetDetail is a dataset with how it came to be.
type DatasetDetail struct {
	Dataset
	Versions []Dataset `json:"versions" doc:"the newest first"`
	Label    JSON      `json:"label" doc:"ingredients label; null when its blob is not here"`
	Lineage  Lineage   `json:"lineage"`
	Files    []File    `json:"files"`
}

// Lineage is what a dataset comes from: a directed graph towards it.
type Lineage struct {
	Nodes []Node `json:"nodes"`
	Edges []Edge `json:"edges"`
}

// Node is a thing of a lineage.
type Node struct {
	ID    string `json:"id"`
	Kind  string `json:"kind" enum:"dataset,request,round,verdict,items,spec,party"`
	Title string `json:"title"`
	Ref   string `json:"ref" doc:"id, address or content id"`
}

// Edge leads from an origin to what came of it.
type Edge struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Relation string `json:"relation"`
}

// File is a blob of a dataset.
type File struct {
	Name  string `json:"name"`
	CID   string `json:"cid"`
	Lines uint64 `json:"lines" doc:"0: not of lines"`
}

// Record is a record of a dataset beside its item.
type Record struct {
	Item       string `json:"item"`
	Value      JSON   `json:"value" doc:"the label as a text, or the answer to a form"`
	Confidence uint32 `json:"confidence" doc:"ppm"`
	Answers    uint32 `json:"answers"`
	Status     string `json:"status" enum:"accepted,delivered,gold"`
	Data       JSON   `json:"data" doc:"of the item; null when it is not here"`
	Content    string `json:"content"`
}
