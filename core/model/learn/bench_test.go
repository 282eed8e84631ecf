package learn_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/learn/learntest"
)

// benchItems draws items of 64 features.
func benchItems(family string, features uint32) []learntest.Item {
	all := make([]learntest.Item, 512)
	for n := range all {
		at := uint32(0)
		for k := range uint32(64) {
			if family == learn.Dense {
				at = k
			} else {
				at = k*features/64 + uint32(learntest.Draw(uint64(n)<<8|uint64(k))%uint64(features/64))
			}
			all[n].Input.Indices = append(all[n].Input.Indices, at)
		}
		all[n].Label = int64(n % 2)
	}
	return all
}

// BenchmarkLearn measures an update and a question with 64 features, over State
// in memory that 512 items have filled, per family and number of features.
func BenchmarkLearn(b *testing.B) {
	for _, family := range learn.Families() {
		c := learn.Config{Family: family, Classes: 2, Features: 1024}
		switch family {
		case learn.Linear:
			c.Classes = 1
		case learn.Dense:
			c.Features = 64
		case learn.Tree:
			for range 64 {
				c.Params.Columns = append(c.Params.Columns, learn.Column{Bins: 16, Ordered: true})
			}
		}
		bench(b, c)
		if family != learn.Dense && family != learn.Tree {
			c.Features = 1 << 18
			bench(b, c)
		}
	}
}

func bench(b *testing.B, c learn.Config) {
	l := learner(b, c)
	items := benchItems(c.Family, c.Features)
	var s learn.Memory
	for _, i := range items {
		if err := c.Check(i.Input); err != nil {
			b.Fatal(err)
		}
		l.Update(&s, i.Input, i.Label)
	}
	name := c.Family + "/1k"
	if c.Features > 1024 {
		name = c.Family + "/256k"
	}
	b.Run(name+"/update", func(b *testing.B) {
		for k := range b.N {
			i := items[k%len(items)]
			l.Update(&s, i.Input, i.Label)
		}
	})
	b.Run(name+"/predict", func(b *testing.B) {
		for k := range b.N {
			learn.Predict(l, &s, items[k%len(items)].Input)
		}
	})
}
