package vectors_test

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/learn/learntest"
)

//go:embed model_want.json
var modelWant []byte

// modelTrial is an entry of model_want.json.
type modelTrial struct {
	Config learn.Config `json:"config"`
	Items  string       `json:"items"`
	Count  uint64       `json:"count"`
	Root   string       `json:"root"`
	Scores string       `json:"scores"`
}

func TestModelsLearnWhatTheReferenceLearns(t *testing.T) {
	var trials []modelTrial
	if err := json.Unmarshal(modelWant, &trials); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for k, trial := range trials {
		seen[trial.Config.Family] = true
		t.Run(fmt.Sprintf("%d %s of %s", k, trial.Config.Family, trial.Items), trial.run)
	}
	for _, family := range learn.Families() {
		if !seen[family] {
			t.Errorf("no reference for %s", family)
		}
	}
}

func (m modelTrial) run(t *testing.T) {
	l, err := learn.New(m.Config)
	if err != nil {
		t.Fatal(err)
	}
	var s learn.Memory
	for n := range m.Count {
		x, label := m.item(n)
		if err := m.Config.Check(x); err != nil {
			t.Fatal(err)
		}
		l.Update(&s, x, label)
	}
	if f, ok := l.(learn.Forgetter); ok {
		for n := uint64(0); n < m.Count; n += 3 {
			x, label := m.item(n)
			f.Remove(&s, x, label)
		}
	}
	if got := s.Root().String(); got != m.Root {
		t.Errorf("root %s, want %s", got, m.Root)
	}
	var scores []byte
	for n := range uint64(50) {
		x, _ := m.item(1_000_000 + n)
		for _, v := range l.Scores(&s, x) {
			scores = binary.LittleEndian.AppendUint64(scores, uint64(v))
		}
	}
	sum := sha256.Sum256(scores)
	if got := hex.EncodeToString(sum[:]); got != m.Scores {
		t.Errorf("scores %s, want %s", got, m.Scores)
	}
}

// item draws the n-th item, as model.py does.
func (m modelTrial) item(n uint64) (learn.Input, int64) {
	label := learntest.Draw(n) % max(2, uint64(m.Config.Classes))
	switch m.Items {
	case "rows":
		return m.row(n, label), int64(label)
	case "words":
		return m.words(n, label), int64(label)
	default:
		return m.vector(n, label)
	}
}

func (m modelTrial) row(n, label uint64) learn.Input {
	var x learn.Input
	start := uint32(0)
	for k, column := range m.Config.Params.Columns {
		d := learntest.Draw(n<<8 | uint64(k) | 1<<60)
		bin := d >> 8
		if d%4 != 0 {
			bin = bin%2*2 + label
		}
		x.Indices = append(x.Indices, start+uint32(bin%uint64(column.Bins)))
		start += column.Bins
	}
	return x
}

func (m modelTrial) words(n, label uint64) learn.Input {
	var all []uint32
	features := uint64(m.Config.Features)
	for k := range uint64(12) {
		d := learntest.Draw(n<<8 | k | 1<<60)
		i := d >> 8
		if d%4 != 0 {
			i = i%(features/8)*8 + label
		}
		all = append(all, uint32(i%features))
	}
	slices.Sort(all)
	return learn.Input{Indices: slices.Compact(all)}
}

func (m modelTrial) vector(n, label uint64) (learn.Input, int64) {
	var x learn.Input
	number := func(seed uint64) int64 { return int64(learntest.Draw(seed)%(2<<fixed.Shift)) - fixed.One }
	sum := int64(0)
	for k := range uint64(m.Config.Features) {
		v := number(n<<8 | k | 1<<62)
		sum += v * int64(k+1)
		if m.Config.Classes > 1 {
			v += number(label<<8 | k | 1<<61)
		}
		x.Indices = append(x.Indices, uint32(k))
		x.Values = append(x.Values, v)
	}
	if m.Config.Classes == 1 {
		return x, sum / 2
	}
	return x, int64(label)
}
