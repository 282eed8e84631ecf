package view

// Question is one item for a model, as its encoder reads it.
type Question struct {
	Cells []string `json:"cells" doc:"of the encoder's fields, in their order: one text, one list of numbers, or a table's cells"`
	Label string   `json:"label,omitempty" doc:"to contribute it: the name or number of its class, or a decimal"`
}

// Encoded is an item as a model learns it, for a contribution to sign.
type Encoded struct {
	Indices []uint32 `json:"indices" doc:"strictly ascending"`
	Values  []int64  `json:"values" doc:"in Q20; none: every feature counts one"`
	Label   int64    `json:"label" doc:"the class, or for regression the value in Q20"`
}

// Prediction is what a model says to an item, and the state that said it.
type Prediction struct {
	Class      uint32  `json:"class"`
	Label      string  `json:"label" doc:"name of the class; of a regression the value"`
	Margin     int64   `json:"margin" doc:"ahead of the next class, in the unit of the family's scores"`
	Scores     []int64 `json:"scores"`
	Root       string  `json:"root" doc:"stands for every parameter"`
	Entry      uint64  `json:"entry" doc:"last of the log"`
	Generation uint32  `json:"generation"`
	Height     int64   `json:"height"`
}
