package samples

import (
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/core/model/feature"
)

// passengerEncoder cuts ages, fares and relatives on board into bins.
func passengerEncoder() feature.Encoder {
	edges := func(values ...int64) (all []feature.Decimal) {
		for _, v := range values {
			all = append(all, feature.Decimal(v*1_000_000))
		}
		return all
	}
	return feature.Encoder{Kind: feature.Table, Columns: []feature.Column{
		{Name: "pclass", Values: []string{"1", "2", "3"}},
		{Name: "sex", Values: []string{"female", "male"}},
		{Name: "embarked", Values: []string{"C", "Q", "S"}},
		{Name: "deck", Values: []string{"A", "B", "C", "D", "E", "F", "G"}},
		{Name: "age", Edges: edges(2, 5, 10, 15, 18, 21, 25, 30, 35, 40, 45, 50, 55, 60, 70)},
		{Name: "fare", Edges: edges(5, 8, 9, 10, 13, 15, 20, 26, 30, 40, 55, 80, 110, 150, 250)},
		{Name: "sibsp", Edges: edges(1, 2, 3, 4, 5, 6, 7, 8)},
		{Name: "parch", Edges: edges(1, 2, 3, 4, 5, 6)},
	}}
}

// Passengers returns the 891 passengers in a drawn order, and their encoder;
// label 1 survived.
func Passengers(root string) (feature.Encoder, []Item, error) {
	e := passengerEncoder()
	f, err := os.Open(filepath.Join(root, "titanic", "titanic.csv"))
	if err != nil {
		return e, nil, err
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return e, nil, err
	}
	type passenger struct {
		place string
		item  Item
	}
	var all []passenger
	for k, row := range rows[1:] {
		item, err := passengerOf(e, rows[0], row)
		if err != nil {
			return e, nil, fmt.Errorf("titanic row %d: %w", k, err)
		}
		sum := sha256.Sum256(fmt.Appendf(nil, "titanic/%d", k))
		all = append(all, passenger{hex.EncodeToString(sum[:]), item})
	}
	slices.SortFunc(all, func(a, b passenger) int { return cmp.Compare(a.place, b.place) })
	items := make([]Item, len(all))
	for k, p := range all {
		items[k] = p.item
	}
	return e, items, nil
}

func passengerOf(e feature.Encoder, head, row []string) (item Item, err error) {
	texts := make([]string, len(e.Columns))
	for k, c := range e.Columns {
		texts[k] = row[slices.Index(head, c.Name)]
	}
	if item.Input, err = e.Row(texts); err != nil {
		return item, err
	}
	item.Label, err = strconv.ParseInt(row[0], 10, 64)
	return item, err
}
