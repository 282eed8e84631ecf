package answer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
)

func number(n int64) *int64 { return &n }

func TestAFormSaysWhatItRefuses(t *testing.T) {
	cat := []answer.Label{{ID: "cat"}}
	choice := answer.Control{Name: "kind", Type: answer.TypeChoice, Labels: cat}
	with := func(change func(*answer.Control)) answer.Form {
		c := choice
		change(&c)
		return answer.Form{Controls: []answer.Control{c}}
	}
	for name, c := range map[string]struct {
		form answer.Form
		want fault.Kind
		says string
	}{
		"one control":                  {answer.Form{Controls: []answer.Control{choice}}, fault.KindNone, ""},
		"no control":                   {answer.Form{}, fault.KindLimit, "0 controls: 1 to 16"},
		"17 controls":                  {answer.Form{Controls: slices.Repeat([]answer.Control{choice}, 17)}, fault.KindLimit, "17 controls: 1 to 16"},
		"a name twice":                 {answer.Form{Controls: []answer.Control{choice, choice}}, fault.KindInvalid, `"kind" stands twice`},
		"a name in capitals":           {with(func(c *answer.Control) { c.Name = "Kind" }), fault.KindInvalid, `"Kind"`},
		"a name that is __proto__":     {with(func(c *answer.Control) { c.Name = "__proto__" }), fault.KindInvalid, `"__proto__"`},
		"a name too long":              {with(func(c *answer.Control) { c.Name = strings.Repeat("a", 33) }), fault.KindInvalid, "at most 31"},
		"a type that is none":          {with(func(c *answer.Control) { c.Type = "colour" }), fault.KindInvalid, `type "colour"`},
		"a choice without labels":      {with(func(c *answer.Control) { c.Labels = nil }), fault.KindInvalid, "choice needs labels"},
		"a choice with a step":         {with(func(c *answer.Control) { c.Step = 1 }), fault.KindInvalid, "choice takes no step"},
		"a label twice":                {with(func(c *answer.Control) { c.Labels = append(cat, cat...) }), fault.KindInvalid, `"cat" stands twice`},
		"a label below itself":         {with(func(c *answer.Control) { c.Labels = []answer.Label{{ID: "a", Parent: "a"}} }), fault.KindInvalid, `parent "a"`},
		"a color by name":              {with(func(c *answer.Control) { c.Labels = []answer.Label{{ID: "a", Color: "red"}} }), fault.KindInvalid, `color "red"`},
		"a label that is no UTF-8":     {with(func(c *answer.Control) { c.Labels = []answer.Label{{ID: "\xff"}} }), fault.KindLimit, "label 0"},
		"a label with a zero byte":     {with(func(c *answer.Control) { c.Labels = []answer.Label{{ID: "a\x00b"}} }), fault.KindInvalid, "no control characters"},
		"a title too long":             {with(func(c *answer.Control) { c.Title = strings.Repeat("a", 1001) }), fault.KindLimit, "title of 1001 bytes: at most 1000"},
		"a rating without max":         {with(func(c *answer.Control) { c.Type, c.Labels = answer.TypeRating, nil }), fault.KindInvalid, "rating needs max"},
		"a rating of one grade":        {with(func(c *answer.Control) { c.Type, c.Labels, c.Max = answer.TypeRating, nil, number(1) }), fault.KindLimit, "max is 1: 2 to 100"},
		"a number with min at its max": {with(func(c *answer.Control) { c.Type, c.Labels, c.Min, c.Max = answer.TypeNumber, nil, number(3), number(3) }), fault.KindInvalid, "min 3 is not below max 3"},
		"seven decimals":               {with(func(c *answer.Control) { c.Type, c.Labels, c.Decimals = answer.TypeNumber, nil, 7 }), fault.KindLimit, "decimals is 7: 0 to 6"},
		"a preference of three": {with(func(c *answer.Control) {
			c.Type, c.Labels, c.Options = answer.TypePreference, nil, []string{"a", "b", "c"}
		}), fault.KindLimit, "3 options"},
		"a ranking of one":                 {with(func(c *answer.Control) { c.Type, c.Labels, c.Options = answer.TypeRanking, nil, []string{"a"} }), fault.KindLimit, "1 options"},
		"an option twice":                  {with(func(c *answer.Control) { c.Type, c.Labels, c.Options = answer.TypeRanking, nil, []string{"a", "a"} }), fault.KindInvalid, `"a" stands twice`},
		"relations between boxes":          {with(func(c *answer.Control) { c.Type, c.Relations = answer.TypeBox, []string{"of"} }), fault.KindInvalid, "box takes no relations"},
		"a text with more than its length": {with(func(c *answer.Control) { c.Type, c.Labels, c.MaxLength = answer.TypeText, nil, 65_537 }), fault.KindLimit, "max_length is 65537: 0 to 65536"},
	} {
		err := c.form.Validate()
		if !fault.Is(err, c.want) || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want %s, %q", name, err, c.want, c.says)
		}
	}
}

func TestALaterFormFitsOrIsRefused(t *testing.T) {
	early := answer.Form{Controls: []answer.Control{
		{Name: "kind", Type: answer.TypeChoice, Labels: []answer.Label{{ID: "cat"}, {ID: "dog"}}, Required: true},
		{Name: "age", Type: answer.TypeNumber, Min: number(0)},
	}}
	with := func(change func(c []answer.Control) []answer.Control) answer.Form {
		return answer.Form{Controls: change(slices.Clone(early.Controls))}
	}
	for name, c := range map[string]struct {
		later answer.Form
		fits  bool
	}{
		"the same":      {early, true},
		"another title": {with(func(c []answer.Control) []answer.Control { c[0].Title = "Which?"; return c }), true},
		"a label more, one less": {with(func(c []answer.Control) []answer.Control {
			c[0].Labels = []answer.Label{{ID: "cow"}, {ID: "cat"}}
			return c
		}), true},
		"a control more": {with(func(c []answer.Control) []answer.Control {
			return append(c, answer.Control{Name: "why", Type: answer.TypeText, Required: true})
		}), true},
		"a control less":        {with(func(c []answer.Control) []answer.Control { return c[:1] }), false},
		"controls in new order": {with(func(c []answer.Control) []answer.Control { return []answer.Control{c[1], c[0]} }), false},
		"another type":          {with(func(c []answer.Control) []answer.Control { c[0].Type = answer.TypeChoices; return c }), false},
		"another bound":         {with(func(c []answer.Control) []answer.Control { c[1].Min = number(1); return c }), false},
		"no bound":              {with(func(c []answer.Control) []answer.Control { c[1].Min = nil; return c }), false},
		"a label below another": {with(func(c []answer.Control) []answer.Control {
			c[0].Labels = []answer.Label{{ID: "cat"}, {ID: "dog", Parent: "cat"}}
			return c
		}), false},
	} {
		joined, err := early.Join(c.later)
		if (err == nil) != c.fits || err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want fits %t", name, err, c.fits)
			continue
		}
		if err != nil {
			continue
		}
		for _, value := range []string{`{"kind":"dog","age":3}`, `{"age":3}`} {
			if _, err := joined.Parse([]byte(value)); err != nil {
				t.Errorf("%s: %s no longer fits: %v", name, value, err)
			}
		}
	}
}
