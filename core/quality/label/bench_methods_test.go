package label_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/synth"
)

func BenchmarkSteps(b *testing.B) {
	tab, _ := crowd(b, synth.Reference(200_000))
	tests := []struct {
		steps  int
		method label.Method
	}{
		{1, label.LA{Passes: 1}},
		{1, label.LA{Passes: 2}},
		{1, label.CrowdLab{}},
		{10, label.ZenCrowd{Iterations: 10}},
		{10, label.IBCC{Steps: 10}},
		{10, label.BWA{Steps: 10}},
		{10, label.MACE{Starts: 1, Steps: 10}},
	}
	for _, tt := range tests {
		b.Run(tt.method.Name(), func(b *testing.B) {
			measure(b, tab.Len()*tt.steps, "steps", func() { tt.method.Aggregate(tab, nil) })
		})
	}
	small, _ := crowd(b, synth.Reference(5_000))
	b.Run("ebcc", func(b *testing.B) {
		measure(b, small.Len()*10, "steps", func() { label.EBCC{Subtypes: 10, Starts: 1, Steps: 10}.Aggregate(small, nil) })
	})
}

func BenchmarkAnswersAsTheyCome(b *testing.B) {
	tab, _ := crowd(b, synth.Reference(20_000))
	ballots := make([][]label.Ballot, len(tab.Tasks))
	for i := range tab.Tasks {
		for _, v := range tab.Votes(i) {
			ballots[i] = append(ballots[i], label.Ballot{Worker: tab.Workers[v.Worker], Label: tab.Labels[v.Label]})
		}
	}
	rules := label.Rules{Labels: tab.Labels}
	b.Run("stream", func(b *testing.B) {
		measure(b, tab.Len(), "answers", func() {
			s, err := label.NewStream(rules)
			for i := 0; i < len(ballots) && err == nil; i++ {
				_, err = s.Add(tab.Tasks[i], ballots[i])
			}
			if err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("live", func(b *testing.B) {
		measure(b, tab.Len(), "answers", func() {
			l, err := label.NewLive(rules, nil)
			if err != nil {
				b.Fatal(err)
			}
			for i, given := range ballots {
				for _, a := range given {
					if _, err := l.Add(label.Answer{Task: tab.Tasks[i], Worker: a.Worker, Label: a.Label}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	})
}
