package view

// Forecast asks what a campaign would cost and bring.
type Forecast struct {
	Items       uint64     `json:"items" doc:"1 to 10000000"`
	Redundancy  Redundancy `json:"redundancy"`
	Classes     uint32     `json:"classes,omitempty" doc:"labels to choose from; 0: 2"`
	Accuracy    uint32     `json:"accuracy_guess" doc:"of one answer, ppm"`
	Price       Ualy       `json:"price" doc:"of one answer"`
	Workers     uint32     `json:"workers,omitempty" doc:"0: 10"`
	MsPerAnswer int64      `json:"ms_per_answer,omitempty" doc:"0: 10000"`
	Threshold   uint32     `json:"threshold,omitempty" doc:"of the clause, ppm"`
	Gold        uint32     `json:"gold,omitempty" doc:"gold items"`
}

// Redundancy says how many independent answers an item gets.
type Redundancy struct {
	Min    uint32 `json:"min"`
	Max    uint32 `json:"max"`
	Target uint32 `json:"target" doc:"posterior from which an item is accepted, ppm"`
}

// Outlook is what a campaign would cost and bring.
type Outlook struct {
	Cost                Range        `json:"cost"`
	Fee                 Ualy         `json:"fee" doc:"of the network, on the middle cost"`
	Answers             uint64       `json:"answers"`
	ExpectedAccuracyPpm uint32       `json:"expected_accuracy_ppm"`
	Reaches             bool         `json:"reaches" doc:"the clause's threshold, by the estimate"`
	DurationMs          int64        `json:"duration_ms"`
	Curve               []CurvePoint `json:"curve"`
}

// Range is an amount with its bounds.
type Range struct {
	Low  Ualy `json:"low"`
	Mid  Ualy `json:"mid"`
	High Ualy `json:"high"`
}

// CurvePoint is accuracy and cost by answers an item.
type CurvePoint struct {
	Answers     uint32 `json:"answers"`
	AccuracyPpm uint32 `json:"accuracy_ppm"`
	Cost        Ualy   `json:"cost"`
}

// Draft is a campaign in the YAML of `alaya request post`.
type Draft struct {
	YAML  string `json:"yaml" doc:"at most 262144 bytes"`
	Items uint64 `json:"items,omitempty" doc:"how many there are; 0: full pages, one or as many as the milestones want"`
}

// Drafted is what a draft comes to.
type Drafted struct {
	Terms    JSON      `json:"terms" doc:"alaya.market.v1.RequestTerms in proto JSON as far as the draft fixes them; null with problems"`
	Problems []Problem `json:"problems"`
}

// Problem is what is wrong with a draft.
type Problem struct {
	Line  int    `json:"line" doc:"from 1; 0: not in one line"`
	Field string `json:"field"`
	Error string `json:"error"`
}

// FormAsked is a form in the words of Label Studio.
type FormAsked struct {
	LabelStudio string `json:"label_studio" doc:"configuration in XML"`
}

// FormRead is a form of core/answer.
type FormRead struct {
	Form    JSON     `json:"form" doc:"{controls: […]}"`
	Ignored []string `json:"ignored" doc:"tags and attributes that were not understood"`
}
