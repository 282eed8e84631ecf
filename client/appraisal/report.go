package appraisal

import "time"

// Report is all there is to say about a crowd. Its JSON is the data of its
// page.
type Report struct {
	Title  string    `json:"title"`
	Made   time.Time `json:"made"`
	Kind   Kind      `json:"kind"`
	Why    string    `json:"why,omitempty"` // the kind
	Method string    `json:"method"`
	// Notes say what was chosen and why.
	Notes  []string `json:"notes,omitempty"`
	Totals Totals   `json:"totals"`
	// Points are what stands out, in sentences.
	Points    []Point     `json:"points"`
	Agreement []Agreement `json:"agreement"`
	Labels    []Share     `json:"labels,omitempty"` // of choices
	Certainty Certainty   `json:"certainty"`
	// Scores on gold, of labels found without it; nil without gold.
	Scores *Scores `json:"scores,omitempty"`
	// Confusion says what all workers gave where the label is what it is.
	Confusion *Matrix        `json:"confusion,omitempty"`
	Workers   []ReportWorker `json:"workers"` // the most suspicious first
	Suspects  []Suspect      `json:"suspects"`
	Pairs     *PairMatrix    `json:"pairs,omitempty"`
	Doubts    []Doubt        `json:"doubts,omitempty"`
	Drift     *Drift         `json:"drift,omitempty"`
	Twins     []Twins        `json:"near_duplicates,omitempty"`
	Curve     []CurvePoint   `json:"curve,omitempty"`
	Pictures  []Picture      `json:"pictures,omitempty"`
}

// Totals are counts of the whole.
type Totals struct {
	Tasks    int `json:"tasks"`
	Workers  int `json:"workers"`
	Answers  int `json:"answers"` // that were kept
	Repeated int `json:"repeated"`
	Empty    int `json:"empty"`
	Gold     int `json:"gold"` // tasks with answers whose label is known
	Flagged  int `json:"flagged"`
	Dropped  int `json:"dropped"`
}

// Tone says how a point is meant.
type Tone string

// The tones.
const (
	Good Tone = "good"
	Info Tone = "info"
	Warn Tone = "warn"
	Bad  Tone = "bad"
)

// Point is something that stands out.
type Point struct {
	Tone Tone   `json:"tone"`
	Text string `json:"text"`
}

// Agreement is a measure of agreement with its interval of 95 %.
type Agreement struct {
	Name  string  `json:"name"`
	Note  string  `json:"note"`
	Value float64 `json:"value"`
	Lower float64 `json:"lower"`
	Upper float64 `json:"upper"`
}

// Share is how often a label comes.
type Share struct {
	Label   string `json:"label"`
	Answers int    `json:"answers"`
	Tasks   int    `json:"tasks"` // whose label it is
	Gold    int    `json:"gold"`
}

// Certainty is how sure the labels are when gold is not used.
type Certainty struct {
	Histogram []int `json:"histogram"` // of confidences, in twenty bins from 0 to 1
	Accepted  int   `json:"accepted"`
	Delivered int   `json:"delivered"`
	Contested int   `json:"contested"`
}

// Matrix counts answers by the label of their task and the label given.
type Matrix struct {
	Labels []string `json:"labels"`
	Counts [][]int  `json:"counts"` // of each true label, by label given
}

// Share returns the share of answers to tasks of a label that gave another.
func (m Matrix) Share(truth, given int) float64 {
	sum := 0
	for _, n := range m.Counts[truth] {
		sum += n
	}
	if sum == 0 {
		return 0
	}
	return float64(m.Counts[truth][given]) / float64(sum)
}

// ReportWorker is a worker with his habits.
type ReportWorker struct {
	Worker
	// Agrees is the share of his answers that equal the label found.
	Agrees float64 `json:"agrees"`
	Millis int64   `json:"median_ms,omitempty"`
	Matrix *Matrix `json:"confusion,omitempty"`
}

// Suspect is a worker with the evidence against him, in sentences.
type Suspect struct {
	Worker   string   `json:"worker"`
	Answers  int      `json:"answers"`
	Dropped  bool     `json:"dropped"`
	Evidence []string `json:"evidence"`
}

// PairMatrix is how far some workers agree in pairs.
type PairMatrix struct {
	Workers []string   `json:"workers"`
	Kappa   [][]*Kappa `json:"kappa"` // nil where they share too few tasks
}

// Kappa is a cell of a PairMatrix.
type Kappa struct {
	Value  float64 `json:"value"`
	Shared int     `json:"shared"`
}

// Doubt is a task whose label, or whose gold, may be wrong.
type Doubt struct {
	Task       string  `json:"task"`
	Label      string  `json:"label"`           // found
	Given      string  `json:"given,omitempty"` // gold
	Confidence float64 `json:"confidence"`
	Votes      string  `json:"votes"`
	Why        string  `json:"why"`
	Text       string  `json:"text,omitempty"` // of the task
}

// Drift is how the work changed while it went on.
type Drift struct {
	By     string       `json:"by"` // time or order
	Blocks []DriftBlock `json:"blocks"`
	Tests  []DriftTest  `json:"tests"`
	Notes  []Point      `json:"notes,omitempty"`
}

// DriftTest compares the second half of the work with the first; effect sizes
// that do not fit are 0.
type DriftTest struct {
	Name        string  `json:"name"`
	PSI         float64 `json:"psi,omitempty"`
	KS          float64 `json:"ks,omitempty"`
	Wasserstein float64 `json:"wasserstein,omitempty"`
	JS          float64 `json:"js,omitempty"`
	P           float64 `json:"p"` // adjusted for their number
	Verdict     string  `json:"verdict"`
}

// DriftBlock is one of some equal parts of the work, in its order.
type DriftBlock struct {
	From    string `json:"from"` // time, or number of the first answer
	Answers int    `json:"answers"`
	Workers int    `json:"workers"`
	// Agrees is the share of its answers that equal the label found.
	Agrees float64   `json:"agrees"`
	Mix    []float64 `json:"mix"` // share of each label, as in Report.Labels
	Millis int64     `json:"median_ms,omitempty"`
}

// Twins are tasks whose texts are nearly the same.
type Twins struct {
	Tasks  []string `json:"tasks"`
	Labels []string `json:"labels"` // of each
	Same   bool     `json:"same"`   // all labels are
	Text   string   `json:"text"`   // of the first
}

// Picture is a scene with what was drawn and what was found there.
type Picture struct {
	Task  string       `json:"task"`
	Drawn [][4]float64 `json:"drawn"` // x, y, width, height
	Found [][4]float64 `json:"found"`
	// Workers who drew, and the confidence of what was found.
	Workers    int     `json:"workers"`
	Confidence float64 `json:"confidence"`
}

// CurvePoint is what a number of answers per task buys.
type CurvePoint struct {
	Answers float64 `json:"answers"` // per task
	Share   float64 `json:"share"`   // of all answers
	// Quality is the accuracy on gold or, without, the share of tasks that get
	// the label of all answers.
	Quality float64 `json:"quality"`
	Target  float64 `json:"target,omitempty"` // the rule that stopped, 0 for a fixed number
}
