package audit

import (
	"bytes"
	"io/fs"

	"github.com/parquet-go/parquet-go"

	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// finalRow is a row of delivery.FinalFile.
type finalRow struct {
	Item       string  `parquet:"item"`
	Label      string  `parquet:"label"`
	Value      *string `parquet:"value,optional"`
	Confidence float64 `parquet:"confidence"`
	Answers    int32   `parquet:"answers"`
	Status     string  `parquet:"status"`
}

// voteRow is a row of delivery.VotesFile.
type voteRow struct {
	Item       string  `parquet:"item"`
	Labeller   string  `parquet:"labeller"`
	Label      *string `parquet:"label,optional"`
	Value      *string `parquet:"value,optional"`
	Skip       *string `parquet:"skip,optional"`
	Round      int32   `parquet:"round"`
	Guideline  int32   `parquet:"guideline"`
	DurationMs int64   `parquet:"duration_ms"`
}

// checkFinal holds the table of records against the records themselves.
func checkFinal(folder fs.FS, records []dataset.Record) error {
	rows, err := readTable[finalRow](folder, delivery.FinalFile, len(records))
	if err != nil {
		return err
	}
	for i, r := range records {
		value := textOf(rows[i].Value)
		rows[i].Value = nil
		want := finalRow{Item: r.Item, Label: r.Label, Confidence: float64(r.Confidence) / float64(num.One), Answers: int32(r.Answers), Status: r.Status}
		if rows[i] != want || value != string(r.Value) {
			return fault.Invalid("audit: %s row %d: %+v, value %.200q, %s says %+v, %.200q", delivery.FinalFile, i+1, rows[i], value, delivery.RecordsFile, want, r.Value)
		}
	}
	return nil
}

// readVotes reads the table of votes, which must have so many rows.
func readVotes(folder fs.FS, count int) ([]delivery.Vote, error) {
	rows, err := readTable[voteRow](folder, delivery.VotesFile, count)
	if err != nil {
		return nil, err
	}
	votes := make([]delivery.Vote, len(rows))
	for i, r := range rows {
		votes[i] = delivery.Vote{
			Pseudonym: r.Labeller, Item: r.Item, Label: textOf(r.Label), Value: textOf(r.Value), Skip: textOf(r.Skip),
			Round: uint32(r.Round), Guideline: uint32(r.Guideline), Ms: r.DurationMs,
		}
	}
	return votes, nil
}

func textOf(optional *string) string {
	if optional == nil {
		return ""
	}
	return *optional
}

// readTable reads a Parquet file that must have so many rows: what it claims
// allocates nothing. The decoder is not made for foreign bytes, so that its
// panics become errors.
func readTable[T any](folder fs.FS, name string, count int) (rows []T, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fault.Invalid("audit: %s: no Parquet file: %v", name, broken)
		}
	}()
	text, err := readFile(folder, name)
	if err != nil {
		return nil, err
	}
	file, err := parquet.OpenFile(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return nil, fault.Invalid("audit: %s: %w", name, err)
	}
	if n := file.NumRows(); n != int64(count) {
		return nil, fault.Invalid("audit: %s: %d rows, want %d", name, n, count)
	}
	rows, err = parquet.Read[T](bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return nil, fault.Invalid("audit: %s: %w", name, err)
	}
	if len(rows) != count {
		return nil, fault.Invalid("audit: %s: %d rows read, want %d", name, len(rows), count)
	}
	return rows, nil
}
