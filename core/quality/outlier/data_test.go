package outlier_test

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/internal/recorded"
)

// task is a table in which the rows of one class are to be found.
type task struct {
	name string
	rows [][]float64
	odd  []bool
}

// tasks makes, as detectors are usually compared, rare classes of public sets
// into outliers, or skips the test.
func tasks(t testing.TB) []task {
	t.Helper()
	root := recorded.Root(t)
	cleveland := table(t, filepath.Join(root, "heart", "processed.cleveland.data"), false)
	hungarian := table(t, filepath.Join(root, "heart", "processed.hungarian.data"), true)
	va := table(t, filepath.Join(root, "heart", "processed.va.data"), true)
	titanic := table(t, filepath.Join(root, "titanic", "titanic.csv"), true)
	images, digits := mnist(t, filepath.Join(root, "mnist"))
	return []task{
		heart("heart cleveland, severe against healthy", cleveland, "0", "3 4"),
		heart("heart hungarian, ill against healthy", hungarian, "0", "1 2 3 4"),
		heart("heart va, healthy against ill", va, "1 2 3 4", "0"),
		passengers(titanic),
		number("mnist, some 6 among 0", images, digits, 0, 6),
		number("mnist, some 9 among 4", images, digits, 4, 9),
	}
}

func table(t testing.TB, path string, header bool) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if header {
		rows = rows[1:]
	}
	return rows
}

// heart takes the patients of some diagnoses, by the last column.
func heart(name string, rows [][]string, usual, odd string) task {
	k := task{name: name}
	var kept [][]string
	for _, row := range rows {
		class := row[len(row)-1]
		if isOdd := strings.Contains(odd, class); isOdd || strings.Contains(usual, class) {
			kept, k.odd = append(kept, row[:len(row)-1]), append(k.odd, isOdd)
		}
	}
	k.rows = filled(kept)
	return k
}

// passengers looks for survivors by class, sex, age, relatives and fare.
func passengers(rows [][]string) task {
	k := task{name: "titanic, survivors"}
	var kept [][]string
	for _, row := range rows {
		sex := "0"
		if row[2] == "female" {
			sex = "1"
		}
		kept = append(kept, []string{row[1], sex, row[3], row[4], row[5], row[6]})
		k.odd = append(k.odd, row[0] == "1")
	}
	k.rows = filled(kept)
	return k
}

// filled reads numbers, and sets a column's median where one is missing.
func filled(rows [][]string) [][]float64 {
	numbers := make([][]float64, len(rows))
	for i := range rows {
		numbers[i] = make([]float64, len(rows[i]))
	}
	for c := range rows[0] {
		var known []float64
		for i, row := range rows {
			if x, err := strconv.ParseFloat(row[c], 64); err == nil {
				numbers[i][c] = x
				known = append(known, x)
			}
		}
		if len(known) == 0 {
			continue
		}
		slices.Sort(known)
		for i, row := range rows {
			if _, err := strconv.ParseFloat(row[c], 64); err != nil {
				numbers[i][c] = known[len(known)/2]
			}
		}
	}
	return numbers
}

// mnist returns the images' pixels and their digits.
func mnist(t testing.TB, dir string) (images [][]float64, digits []byte) {
	t.Helper()
	read := func(name string, header int) []byte {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		return all[header:]
	}
	pixels := read("t10k-images-idx3-ubyte.gz", 16)
	digits = read("t10k-labels-idx1-ubyte.gz", 8)
	for i := range digits {
		image := make([]float64, 784)
		for p, v := range pixels[i*784 : (i+1)*784] {
			image[p] = float64(v)
		}
		images = append(images, image)
	}
	return images, digits
}

// number hides one in ten images of a digit among all of another.
func number(name string, images [][]float64, digits []byte, usual, odd byte) task {
	k := task{name: name}
	met := 0
	for i, d := range digits {
		if d == odd {
			met++
		}
		if d == usual || d == odd && met%10 == 0 {
			k.rows, k.odd = append(k.rows, images[i]), append(k.odd, d == odd)
		}
	}
	return k
}
