package consensus

import (
	"slices"
	"strings"
	"unicode"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/table"
	"github.com/alaya-network/alaya/core/quality/text"
)

// writing is the kind of texts. Neither case nor marks count when two are
// compared; both do when they are put together.
type writing struct {
	never
	salt [32]byte
}

func newWriting(_ answer.Control, s settings) kind { return writing{salt: s.salt} }

func (writing) similarity(a, b answer.Value) num.Ppm {
	return alike(string(a.(answer.Text)), string(b.(answer.Text)))
}

// maxCells bounds the words of two texts, multiplied, whose order is compared;
// of longer ones, only which words there are.
const maxCells = 1 << 22

// alike is one minus the word error rate, against the longer text.
func alike(a, b string) num.Ppm {
	if a == b {
		return num.One
	}
	rules := text.Rules{Characters: spaceless(a) && spaceless(b)}
	p, q := rules.Words(a), rules.Words(b)
	longer := int64(max(len(p), len(q)))
	if int64(len(p))*int64(len(q)) > maxCells {
		return share(common(p, q), longer)
	}
	return num.One - share(int64(text.Distance(p, q)), max(1, longer))
}

// common counts the words that two lists share, each as often as it stands in
// both.
func common(p, q []string) (n int64) {
	p, q = slices.Sorted(slices.Values(p)), slices.Sorted(slices.Values(q))
	for len(p) > 0 && len(q) > 0 {
		switch strings.Compare(p[0], q[0]) {
		case -1:
			p = p[1:]
		case 1:
			q = q[1:]
		default:
			p, q = p[1:], q[1:]
			n++
		}
	}
	return n
}

// spaceless says whether a text is in a script that parts no words.
func spaceless(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer)
	})
}

func (k writing) merge(t *values) ([]answer.Value, error) {
	var answers []text.Answer
	characters := 0
	for i, task := range t.Tasks {
		for _, v := range t.Votes(i) {
			s := string(v.Value.(answer.Text))
			answers = append(answers, text.Answer{Task: task, Worker: t.Workers[v.Worker], Value: s})
			if spaceless(s) {
				characters++
			}
		}
	}
	texts, err := text.NewTable(answers, table.KeepFirst)
	if err != nil {
		return nil, err
	}
	method, err := text.New("auto", text.Rules{Salt: k.salt, KeepCase: true, KeepMarks: true, Characters: 2*characters > len(answers)})
	if err != nil {
		return nil, err
	}
	found := method.Aggregate(texts).Texts
	return each(t, func(i int) answer.Value {
		at, _ := texts.Find(t.Tasks[i])
		return answer.Text(found[at].Text)
	}), nil
}
