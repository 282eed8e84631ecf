//go:build ignore

// Vectors writes what the browser must make byte for byte like core.
package main

import (
	"encoding/base64"
	"encoding/json"
	"os"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/work"
)

func main() {
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	if err := out.Encode(map[string]any{"cids": cids(), "roots": roots(), "submission": submission()}); err != nil {
		panic(err)
	}
}

// content repeats 0, 1, … 250.
func content(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i % 251)
	}
	return b
}

func cids() map[int]string {
	made := map[int]string{}
	for _, n := range []int{0, 1, 1 << 20, 1<<20 + 1, 3<<20 + 77, 4 << 20} {
		made[n] = client.CIDOf(content(n)).String()
	}
	return made
}

func roots() map[int]string {
	made := map[int]string{}
	for _, n := range []int{0, 1, 2, 3, 7, 8, 100} {
		leaves := make([][]byte, n)
		for i := range leaves {
			leaves[i] = content(i)
		}
		made[n] = merkle.Root(leaves).String()
	}
	return made
}

func submission() map[string]any {
	sheet := work.Sheet{Request: "1f3a5c7e9b2d4f60", Round: 2, Page: 7, Contributor: "alaya1qqqsyqcyq5rqwzqfpg9scrgwpugpzysn3tn3dk", Guideline: 3}
	answers := []work.Answer{
		{Item: "a<b>&\u2028\u2029\x7f\b\f\t\"\\", Label: "cat", Ms: 1200},
		{Item: "ünïcödé 😀 العربية", Label: "dog"},
		{Item: "3", Skip: "unclear", Note: "<neither>", Ms: 1},
		{Item: "4", Value: `{"kind":"a\u0026b","where":[{"label":"x","x":1,"y":-2,"w":3,"h":4}]}`, Flags: []string{"ontology_gap", "other"}, Note: "ä", Origin: "prediction-changed", Ms: 77},
		{Item: "5", Value: `{"where":[]}`, Origin: "prediction"},
	}
	blob := work.EncodeAnswers(sheet, answers)
	var salt [32]byte
	copy(salt[:], content(32))
	cid := client.CIDOf(blob)
	return map[string]any{
		"sheet": sheet, "answers": answers, "blob": base64.StdEncoding.EncodeToString(blob),
		"cid": cid, "salt": salt[:], "commitment": work.Commitment(cid, salt).String(),
	}
}
