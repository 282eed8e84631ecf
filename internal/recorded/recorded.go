// Package recorded gives tests the public data sets that stay outside the
// repository, or skips the tests where there are none.
//
// Words: a crowd set is what workers answered, and the truth of its tasks as
// far as it is known.
package recorded

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
)

// Root returns the folder of the data sets, which $ALAYA_DATA names, or skips
// the test.
func Root(t testing.TB) string {
	t.Helper()
	root := os.Getenv("ALAYA_DATA")
	if root == "" {
		t.Skip("ALAYA_DATA is not set: no recorded data to test on")
	}
	return root
}

// Crowd returns a crowd set in the order recorded, or skips the test. Answers
// that are numbers or texts stand as labels; a set without a file of gold has
// no truths.
func Crowd(t testing.TB, name string) (answers []label.Answer, truths []label.Truth) {
	t.Helper()
	folder := filepath.Join(Root(t), "crowd", name)
	for _, f := range Lines(t, filepath.Join(folder, "answers.tsv")) {
		answers = append(answers, label.Answer{Task: f[0], Worker: f[1], Label: f[2]})
	}
	gold := filepath.Join(folder, "gold.tsv")
	if _, err := os.Stat(gold); os.IsNotExist(err) {
		return answers, nil
	}
	for _, f := range Lines(t, gold) {
		truths = append(truths, label.Truth{Task: f[0], Label: f[1]})
	}
	return answers, truths
}

// Lines returns the fields, with tabs between, of each line below the header.
func Lines(t testing.TB, path string) (fields [][]string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		fields = append(fields, strings.Split(line, "\t"))
	}
	return fields
}
