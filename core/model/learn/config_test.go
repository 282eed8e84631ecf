package learn_test

import (
	"math"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
)

func TestConfigsThatMakeNoSenseAreRefusedNamingTheBound(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		change     func(*learn.Config)
	}{
		{"no such family", `family "svm"`, func(c *learn.Config) { c.Family = "svm" }},
		{"one class", "2 to 64", func(c *learn.Config) { c.Classes = 1 }},
		{"too many classes", "2 to 64", func(c *learn.Config) { c.Classes = 65 }},
		{"no features", "1 to 1048576", func(c *learn.Config) { c.Features = 0 }},
		{"too many features", "1 to 1048576", func(c *learn.Config) { c.Features = 1<<20 + 1 }},
		{"a negative rate", "rate -1: 1 to", func(c *learn.Config) { c.Params.Rate = -1 }},
		{"a rate beyond", "rate", func(c *learn.Config) { c.Params.Rate = math.MaxInt64 }},
		{"a setting of another family", "params of another family", func(c *learn.Config) { c.Params.Cap = 64 }},
		{"regression of two classes", "1 class", func(c *learn.Config) { c.Family = learn.Linear }},
		{"a tree without columns", "0 columns", func(c *learn.Config) { c.Family = learn.Tree }},
		{"columns that leave features", "want the 10 features", func(c *learn.Config) {
			c.Family, c.Params.Columns = learn.Tree, []learn.Column{{Bins: 9}}
		}},
		{"columns beyond the features", "1 to the 10 features left", func(c *learn.Config) {
			c.Family, c.Params.Columns = learn.Tree, []learn.Column{{Bins: 11}}
		}},
		{"a ring of odd size", "multiple of 64", func(c *learn.Config) { c.Family, c.Params.Cap = learn.Neighbours, 65 }},
		{"a ring too large", "cap 16384: 1 to 8192", func(c *learn.Config) { c.Family, c.Params.Cap = learn.Neighbours, 16384 }},
		{"a wide network", "hidden 257: 1 to 256", func(c *learn.Config) { c.Family, c.Params.Hidden = learn.Network, 257 }},
	} {
		c := learn.Config{Family: learn.Logistic, Classes: 2, Features: 10}
		tt.change(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q in it", tt.name, err, tt.want)
		}
	}
}

func TestHashesTellConfigsApart(t *testing.T) {
	base := learn.Config{Family: learn.Tree, Classes: 2, Features: 10, Params: learn.Params{Columns: []learn.Column{{Bins: 10}}}}
	seen := map[string]string{}
	for name, change := range map[string]func(*learn.Config){
		"the base":       func(*learn.Config) {},
		"a family":       func(c *learn.Config) { c.Family = learn.Bayes },
		"classes":        func(c *learn.Config) { c.Classes = 3 },
		"features":       func(c *learn.Config) { c.Features = 11 },
		"a rate":         func(c *learn.Config) { c.Params.Rate = 1 },
		"a bound":        func(c *learn.Config) { c.Params.Bound = 1 },
		"a seed":         func(c *learn.Config) { c.Params.Seed = 1 },
		"order":          func(c *learn.Config) { c.Params.Columns = []learn.Column{{Bins: 10, Ordered: true}} },
		"another column": func(c *learn.Config) { c.Params.Columns = []learn.Column{{Bins: 5}, {Bins: 5}} },
	} {
		c := base
		change(&c)
		h := c.Hash().String()
		if other, ok := seen[h]; ok {
			t.Errorf("%s and %s have the same hash", name, other)
		}
		seen[h] = name
	}
}

func TestLossIsCrossEntropy(t *testing.T) {
	nats := learn.Config{Family: learn.Logistic, Classes: 2, Features: 1}
	bits := learn.Config{Family: learn.Bayes, Classes: 3, Features: 1}
	value := learn.Config{Family: learn.Linear, Classes: 1, Features: 1}
	one := fixed.One
	for _, tt := range []struct {
		name   string
		config learn.Config
		scores []int64
		label  int64
		want   float64
	}{
		{"undecided is ln 2", nats, []int64{0, 0}, 1, .693147},
		{"right by 2 nats", nats, []int64{0, 2 * one}, 1, .126928},
		{"wrong by 2 nats", nats, []int64{0, 2 * one}, 0, 2.126928},
		{"right by 3 bits of three", bits, []int64{3 * one, 0, 0}, 0, .223144},
		{"wrong for ever is the most", nats, []int64{math.MinInt64, math.MaxInt64}, 0, 16},
		{"right for ever is nothing", nats, []int64{math.MinInt64, math.MaxInt64}, 1, 0},
		{"a value off by a half", value, []int64{one}, one / 2, .25},
	} {
		got := float64(tt.config.Loss(tt.scores, tt.label)) / float64(one)
		if math.Abs(got-tt.want) > 1e-5 {
			t.Errorf("%s: %f, want %f", tt.name, got, tt.want)
		}
	}
}

func TestBestTakesTheLowestOfEquals(t *testing.T) {
	for _, tt := range []struct {
		scores []int64
		class  uint32
		margin int64
	}{
		{[]int64{1, 3, 3}, 1, 0},
		{[]int64{3, 1, 2}, 0, 1},
		{[]int64{-5, -9}, 0, 4},
		{[]int64{math.MinInt64, math.MaxInt64}, 1, math.MaxInt64},
		{[]int64{-7}, 0, -7},
	} {
		if class, margin := learn.Best(tt.scores); class != tt.class || margin != tt.margin {
			t.Errorf("%v: class %d by %d, want %d by %d", tt.scores, class, margin, tt.class, tt.margin)
		}
	}
}
