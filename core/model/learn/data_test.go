package learn_test

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/learn"
)

// item is an input with its label.
type item struct {
	x     learn.Input
	label int64
}

// set is a data set as some encoder sees it.
type set struct {
	train, test []item
	features    uint32
}

// read returns a file below $ALAYA_DATA, or skips the test.
func read(t testing.TB, path ...string) []byte {
	t.Helper()
	root := os.Getenv("ALAYA_DATA")
	if root == "" {
		t.Skip("ALAYA_DATA is not set: no recorded items to learn from")
	}
	text, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// hashed is the encoder of the tables' "hashed" rows.
var hashed = feature.Encoder{Kind: feature.Hashed, Bits: 18, Pairs: true}

// pairsOf hashes a text as the encoder does, but all of it: one review has more
// than learn.MaxIndices features.
func pairsOf(text []string) learn.Input {
	var all []uint32
	for k, token := range text {
		all = append(all, feature.Hash([]byte(token))%hashed.Features())
		if k > 0 {
			all = append(all, feature.Hash([]byte(text[k-1]+" "+token))%hashed.Features())
		}
	}
	slices.Sort(all)
	return learn.Input{Indices: slices.Compact(all)}
}

// imdb returns 5,000 and 1,000 reviews: as word numbers, and hashed.
func imdb(t testing.TB) (words, pairs set) {
	t.Helper()
	var file struct {
		Xtr, Xte [][]uint32
		Ytr, Yte []int64
	}
	if err := json.Unmarshal(read(t, "sentiment", "imdb_5k_1k.json"), &file); err != nil {
		t.Fatal(err)
	}
	words.features, pairs.features = 500, hashed.Features()
	encode := func(reviews [][]uint32, labels []int64) (w, p []item) {
		for k, review := range reviews {
			kept := slices.DeleteFunc(slices.Clone(review), func(i uint32) bool { return i <= 3 })
			var text []string
			for _, i := range kept {
				text = append(text, strconv.Itoa(int(i)))
			}
			slices.Sort(kept)
			w = append(w, item{learn.Input{Indices: slices.Compact(kept)}, labels[k]})
			p = append(p, item{pairsOf(text), labels[k]})
		}
		return w, p
	}
	words.train, pairs.train = encode(file.Xtr, file.Ytr)
	words.test, pairs.test = encode(file.Xte, file.Yte)
	return words, pairs
}

// sentence is a line of the UCI sentences.
type sentence struct {
	text   string
	hash   string
	label  int64
	tokens []string
}

// sentences returns the UCI sentences of some files in their drawn order.
func sentences(t testing.TB, files ...string) []sentence {
	t.Helper()
	word := regexp.MustCompile(`[a-z']+`)
	var all []sentence
	for _, name := range files {
		for _, line := range strings.Split(string(read(t, "sentiment", name)), "\n") {
			tab := strings.LastIndexByte(line, '\t')
			if tab < 0 {
				continue
			}
			s := sentence{text: strings.TrimSpace(line[:tab])}
			if strings.TrimSpace(line[tab:]) == "1" {
				s.label = 1
			}
			sum := sha256.Sum256([]byte(s.text))
			s.hash = hex.EncodeToString(sum[:])
			s.tokens = word.FindAllString(strings.ToLower(s.text), -1)
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b sentence) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.label, b.label))
	})
	return all
}

// vocabulary returns the most frequent words, ascending.
func vocabulary(from []sentence, size int) feature.Encoder {
	frequency := map[string]int{}
	for _, s := range from {
		for _, w := range slices.Compact(slices.Sorted(slices.Values(s.tokens))) {
			frequency[w]++
		}
	}
	var words []string
	for w := range frequency {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(frequency[b], frequency[a]), cmp.Compare(a, b))
	})
	words = words[:size]
	slices.Sort(words)
	return feature.Encoder{Kind: feature.Words, Words: words}
}

// uci returns 2,400 and 600 sentences: as words of a vocabulary, and hashed. A
// sentence without a known word has an input without indices.
func uci(t testing.TB) (words, pairs set) {
	t.Helper()
	all := sentences(t, "imdb_labelled.txt", "amazon_cells_labelled.txt", "yelp_labelled.txt")
	known := vocabulary(all[:2400], 1000)
	encode := func(e feature.Encoder) set {
		s := set{features: e.Features()}
		for k, line := range all {
			x, err := e.Tokens(line.tokens)
			if err != nil {
				x = learn.Input{}
			}
			if k < 2400 {
				s.train = append(s.train, item{x, line.label})
			} else {
				s.test = append(s.test, item{x, line.label})
			}
		}
		return s
	}
	return encode(known), encode(hashed)
}

// flip returns the items with the labels turned that a seed draws, one in every
// so many; the first 8 % stay.
func flip(items []item, seed int, share float64) []item {
	turned := slices.Clone(items)
	for i := len(items) * 8 / 100; i < len(items); i++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "flip/%d/%d", seed, i))
		if float64(binary.BigEndian.Uint64(sum[:8])) < share*math.Pow(2, 64) {
			turned[i].label = 1 - turned[i].label
		}
	}
	return turned
}

// titanic returns the passengers in their drawn order.
func titanic(t testing.TB) (feature.Encoder, []item) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(read(t, "titanic", "titanic.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	edges := func(values ...int64) (all []feature.Decimal) {
		for _, v := range values {
			all = append(all, feature.Decimal(v*1_000_000))
		}
		return all
	}
	e := feature.Encoder{Kind: feature.Table, Columns: []feature.Column{
		{Name: "pclass", Values: []string{"1", "2", "3"}},
		{Name: "sex", Values: []string{"female", "male"}},
		{Name: "embarked", Values: []string{"C", "Q", "S"}},
		{Name: "deck", Values: []string{"A", "B", "C", "D", "E", "F", "G"}},
		{Name: "age", Edges: edges(2, 5, 10, 15, 18, 21, 25, 30, 35, 40, 45, 50, 55, 60, 70)},
		{Name: "fare", Edges: edges(5, 8, 9, 10, 13, 15, 20, 26, 30, 40, 55, 80, 110, 150, 250)},
		{Name: "sibsp", Edges: edges(1, 2, 3, 4, 5, 6, 7, 8)},
		{Name: "parch", Edges: edges(1, 2, 3, 4, 5, 6)},
	}}
	if err := e.Validate(); err != nil {
		t.Fatal(err)
	}
	type passenger struct {
		hash string
		item item
	}
	var all []passenger
	for k, row := range rows[1:] {
		var texts []string
		for _, c := range e.Columns {
			texts = append(texts, row[slices.Index(rows[0], c.Name)])
		}
		x, err := e.Row(texts)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(fmt.Appendf(nil, "titanic/%d", k))
		survived, _ := strconv.ParseInt(row[0], 10, 64)
		all = append(all, passenger{hex.EncodeToString(sum[:]), item{x, survived}})
	}
	slices.SortFunc(all, func(a, b passenger) int { return cmp.Compare(a.hash, b.hash) })
	var items []item
	for _, p := range all {
		items = append(items, p.item)
	}
	return e, items
}
