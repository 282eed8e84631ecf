// Package samples reads the public data sets that benchmarks and tests of
// models learn from, cut and ordered in one fixed way, so that counts of right
// answers can be compared. The files stay outside the repository.
//
// Words: a set has items to learn and items to be asked; words are the features
// of a vocabulary, pairs those of hashed words and pairs of words; to turn is to
// give an item the wrong one of two labels.
//
// Sources: Maas and others, Learning word vectors for sentiment analysis (ACL
// 2011), as word numbers; Kotzias and others, From group to individual labels
// using deep features (KDD 2015); the passengers of the Titanic.
package samples

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Item is an input with its label. An item without a known word has an input
// without indices, which every learner answers but none should be sent.
type Item struct {
	Input learn.Input
	Label int64
}

// Set is a data set as one encoder sees it.
type Set struct {
	Train, Test []Item
	Features    uint32
}

// Both is a data set of texts as words and as pairs.
type Both struct{ Words, Pairs Set }

// Hashed is the encoder of pairs.
func Hashed() feature.Encoder {
	return feature.Encoder{Kind: feature.Hashed, Bits: 18, Pairs: true}
}

// whole hashes a text as Hashed does, but all of it: a long review has more
// than learn.MaxIndices features.
func whole(text []string) learn.Input {
	size := Hashed().Features()
	var all []uint32
	for k, token := range text {
		all = append(all, feature.Hash([]byte(token))%size)
		if k > 0 {
			all = append(all, feature.Hash([]byte(text[k-1]+" "+token))%size)
		}
	}
	slices.Sort(all)
	return learn.Input{Indices: slices.Compact(all)}
}

// Reviews returns 5,000 and 1,000 reviews of films below the folder root.
func Reviews(root string) (b Both, err error) {
	text, err := os.ReadFile(filepath.Join(root, "sentiment", "imdb_5k_1k.json"))
	if err != nil {
		return b, err
	}
	var file struct {
		Xtr, Xte [][]uint32
		Ytr, Yte []int64
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return b, err
	}
	b.Words.Features, b.Pairs.Features = 500, Hashed().Features()
	b.Words.Train, b.Pairs.Train = reviews(file.Xtr, file.Ytr)
	b.Words.Test, b.Pairs.Test = reviews(file.Xte, file.Yte)
	return b, nil
}

func reviews(texts [][]uint32, labels []int64) (words, pairs []Item) {
	const special = 3 // padding, start and unknown words are no words
	for k, review := range texts {
		kept := slices.DeleteFunc(slices.Clone(review), func(i uint32) bool { return i <= special })
		text := make([]string, len(kept))
		for n, i := range kept {
			text[n] = strconv.Itoa(int(i))
		}
		slices.Sort(kept)
		words = append(words, Item{learn.Input{Indices: slices.Compact(kept)}, labels[k]})
		pairs = append(pairs, Item{whole(text), labels[k]})
	}
	return words, pairs
}

// sentence is a line of the sentences.
type sentence struct {
	hash   string
	label  int64
	tokens []string
}

const learnt = 2400 // sentences of 3,000

// Sentences returns 2,400 and 600 sentences about films, goods and places.
func Sentences(root string) (b Both, err error) {
	var all []sentence
	for _, name := range []string{"imdb", "amazon_cells", "yelp"} {
		text, err := os.ReadFile(filepath.Join(root, "sentiment", name+"_labelled.txt"))
		if err != nil {
			return b, err
		}
		all = append(all, lines(string(text))...)
	}
	slices.SortStableFunc(all, func(a, b sentence) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.label, b.label))
	})
	b.Words, b.Pairs = encode(all, vocabulary(all[:learnt], 1000)), encode(all, Hashed())
	return b, nil
}

func lines(text string) (all []sentence) {
	word := regexp.MustCompile(`[a-z']+`)
	for line := range strings.Lines(text) {
		tab := strings.LastIndexByte(line, '\t')
		if tab < 0 {
			continue
		}
		said := strings.TrimSpace(line[:tab])
		sum := sha256.Sum256([]byte(said))
		s := sentence{hash: hex.EncodeToString(sum[:]), tokens: word.FindAllString(strings.ToLower(said), -1)}
		if strings.TrimSpace(line[tab:]) == "1" {
			s.label = 1
		}
		all = append(all, s)
	}
	return all
}

func encode(all []sentence, e feature.Encoder) (s Set) {
	s.Features = e.Features()
	for k, line := range all {
		x, err := e.Tokens(line.tokens)
		if err != nil {
			x = learn.Input{} // nothing in it has a feature
		}
		if k < learnt {
			s.Train = append(s.Train, Item{x, line.label})
		} else {
			s.Test = append(s.Test, Item{x, line.label})
		}
	}
	return s
}

// vocabulary returns the words in most sentences, ascending.
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

// Turn returns the items with the labels turned that a seed draws, each with
// the probability share; the first 8 % stay.
func Turn(items []Item, seed int, share float64) []Item {
	turned := slices.Clone(items)
	for i := len(items) * 8 / 100; i < len(items); i++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "flip/%d/%d", seed, i))
		if float64(binary.BigEndian.Uint64(sum[:8])) < share*(1<<64) {
			turned[i].Label = 1 - turned[i].Label
		}
	}
	return turned
}

// Offers returns the items as contributions to a model.
func Offers(items []Item) []model.Offer {
	all := make([]model.Offer, len(items))
	for i, item := range items {
		all[i] = model.Offer{Input: item.Input, Label: item.Label}
	}
	return all
}
