package delivery

import (
	"bytes"

	"github.com/parquet-go/parquet-go"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/num"
)

// finalRow is a record as a row of labels/final.parquet.
type finalRow struct {
	Item       string  `parquet:"item"`
	Label      string  `parquet:"label,dict"`
	Value      *string `parquet:"value,optional"`
	Confidence float64 `parquet:"confidence"` // 0 to 1
	Answers    int32   `parquet:"answers"`
	Status     string  `parquet:"status,dict"`
}

// voteRow is a vote as a row of labels/votes.parquet.
type voteRow struct {
	Item       string  `parquet:"item"`
	Labeller   string  `parquet:"labeller,dict"`
	Label      *string `parquet:"label,optional,dict"`
	Value      *string `parquet:"value,optional"`
	Skip       *string `parquet:"skip,optional,dict"`
	Round      int32   `parquet:"round"`
	Guideline  int32   `parquet:"guideline"`
	DurationMs int64   `parquet:"duration_ms"`
}

func (p Package) final(records []dataset.Record) (File, error) {
	rows := make([]finalRow, len(records))
	for i, r := range records {
		rows[i] = finalRow{Item: r.Item, Label: r.Label, Value: optional(string(r.Value)), Confidence: float64(r.Confidence) / float64(num.One), Answers: int32(r.Answers), Status: r.Status}
	}
	return table(FinalFile, rows)
}

func (p Package) votes([]dataset.Record) (File, error) {
	rows := make([]voteRow, len(p.Votes))
	for i, v := range p.Votes {
		rows[i] = voteRow{
			Item: v.Item, Labeller: v.Pseudonym, Label: optional(v.Label), Value: optional(v.Value), Skip: optional(v.Skip),
			Round: int32(v.Round), Guideline: int32(v.Guideline), DurationMs: v.Ms,
		}
	}
	return table(VotesFile, rows)
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// table writes rows as one Parquet file, the same bytes for the same rows.
func table[T any](name string, rows []T) (File, error) {
	var text bytes.Buffer
	w := parquet.NewGenericWriter[T](&text, parquet.Compression(&parquet.Snappy), parquet.CreatedBy("alaya", "1", ""))
	if _, err := w.Write(rows); err != nil {
		return File{}, err
	}
	if err := w.Close(); err != nil {
		return File{}, err
	}
	return File{name, text.Bytes()}, nil
}
