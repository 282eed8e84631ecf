package watch

import (
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/component"
	"github.com/alaya-network/alaya/core/quality/similar"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

const (
	// longText is the number of characters from which two people hardly write
	// the same by chance, alike the share of shingles that makes it the same.
	longText         = 40
	alike    num.Ppm = 800_000
	// copyLimit is the share of copies among long texts that is reported.
	copyLimit = num.One / 2
)

// Copies reports workers more than half of whose long texts, ten at least, are
// nearly those of another worker for the same task. It is for texts that
// differ from writer to writer; of one recording all good transcripts are
// alike.
func Copies(t *table.Table[string]) ([]Finding, error) {
	copies, long := make([]int64, len(t.Workers)), make([]int64, len(t.Workers))
	for i := range t.Tasks {
		var texts []string
		var writers []int32
		for _, v := range t.Votes(i) {
			if utf8.RuneCountInString(v.Value) >= longText {
				texts, writers = append(texts, v.Value), append(writers, v.Worker)
				long[v.Worker]++
			}
		}
		groups, err := similar.Texts(texts, alike)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			for _, member := range g {
				copies[writers[member]]++
			}
		}
	}
	var findings []Finding
	for j, n := range long {
		if share := strict.Ppm(float64(copies[j]) / float64(max(1, n))); n >= minAnswers && share > copyLimit {
			findings = append(findings, Finding{
				Worker: t.Workers[j], Kind: KindCopies, Value: int64(share), Limit: int64(copyLimit), Count: copies[j], Of: n,
			})
		}
	}
	return findings, nil
}

// A mark that more than mostOwners share, as the address of a carrier or a
// school, joins nobody; leastOwners joined are reported.
const (
	mostOwners  = 50
	leastOwners = 3
)

// Shared reports groups of three workers and more who are joined by marks they
// have in common: devices, address blocks, sources of funds. marks are those of
// each worker, in any form that tells one from another; hash what is private.
func Shared(workers []string, marks [][]string) []Finding {
	owners := map[string]int{}
	for _, own := range marks {
		for _, m := range own {
			owners[m]++
		}
	}
	first := map[string]int32{}
	joined := component.New(len(workers))
	for j, own := range marks {
		for _, m := range own {
			if owners[m] > mostOwners {
				continue
			}
			if at, met := first[m]; met {
				joined.Join(at, int32(j))
			} else {
				first[m] = int32(j)
			}
		}
	}
	var findings []Finding
	for _, g := range joined.Groups() {
		if len(g) < leastOwners {
			continue
		}
		for _, j := range g {
			findings = append(findings, Finding{
				Worker: workers[j], Kind: KindShared, Peer: workers[g[0]], Value: int64(len(g)), Limit: leastOwners - 1,
			})
		}
	}
	return findings
}
