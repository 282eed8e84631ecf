package sheet_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
)

// read returns the rows of a source as "line: cell|cell", <null> for null.
func read(from sheet.Source, columns ...sheet.Column) (rows []string, err error) {
	r, err := sheet.Open(from)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if err := r.Pick(columns...); err != nil {
		return nil, err
	}
	for row, err := range r.Rows() {
		if err != nil {
			return rows, err
		}
		cells := make([]string, len(row.Cells))
		for i, cell := range row.Cells {
			if cells[i] = string(cell); cell == nil {
				cells[i] = "<null>"
			}
		}
		rows = append(rows, fmt.Sprintf("%d: %s", row.Line, strings.Join(cells, "|")))
	}
	return rows, nil
}

func from(format sheet.Format, text string) sheet.Source {
	return sheet.Source{Name: sheet.Std, Format: format, Stdin: strings.NewReader(text)}
}

func TestTablesAreRead(t *testing.T) {
	columns := []sheet.Column{sheet.Need("task", "item"), sheet.Need("label"), sheet.May("time")}
	tests := []struct {
		name   string
		format sheet.Format
		text   string
		want   []string
	}{
		{"tab-separated, another column in between", sheet.TSV, "task\tx\tlabel\nt1\t.\ta\nt2\t.\t\n", []string{"2: t1|a|<null>", "3: t2||<null>"}},
		{"tab-separated, quotes mean nothing", sheet.TSV, "task\tlabel\n\"t1\t\"a\"\n", []string{"2: \"t1|\"a\"|<null>"}},
		{"line ends of another system and a byte order mark", sheet.TSV, "\ufefftask\tlabel\r\nt1\ta\r\n", []string{"2: t1|a|<null>"}},
		{"no last line end", sheet.TSV, "label\titem\na\tt1", []string{"2: t1|a|<null>"}},
		{"a header alone", sheet.TSV, "task\tlabel\n", nil},
		{"comma-separated, with a line end inside", sheet.CSV, "task,label,time\n\"t,1\",\"a\n\"\"b\"\"\",7\nt2,,\n", []string{"2: t,1|a\n\"b\"|7", "4: t2||"}},
		{"objects", sheet.JSONL, `{"task":"t1","label":[[1, 2]],"y":{}}` + "\n" + `{"label":"é\t","task":7,"time":null}`, []string{"1: t1|[[1,2]]|<null>", "2: 7|é\t|<null>"}},
		{"an object has what the first had not", sheet.JSONL, `{"task":"t1","label":""}` + "\n" + `{"time":true,"label":"a"}`, []string{"1: t1||<null>", "2: <null>|a|true"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(from(tt.format, tt.text), columns...)
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("%q reads as %q, %v; want %q", tt.text, got, err, tt.want)
			}
			var packed bytes.Buffer
			z := gzip.NewWriter(&packed)
			if _, err := z.Write([]byte(tt.text)); err != nil || z.Close() != nil {
				t.Fatal(err)
			}
			got, err = read(from(tt.format, packed.String()), columns...)
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("packed, it reads as %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestErrorsNameFileLineFieldAndValue(t *testing.T) {
	columns := []sheet.Column{sheet.Need("task"), sheet.Need("label")}
	tests := []struct {
		name, file, text, want string
		kind                   fault.Kind
	}{
		{"a missing column", "a.tsv", "task\tlable\n", `a.tsv line 1, field label: no such column among "task, lable"`, fault.KindInvalid},
		{"a column twice", "a.csv", "task,label,task\n", `a.csv line 1: column 3, "task": want names of UTF-8, each once`, fault.KindInvalid},
		{"an empty file", "a.tsv", "", "a.tsv line 1: no header line", fault.KindInvalid},
		{"an empty file of objects", "a.jsonl", "", "a.jsonl line 1: no object", fault.KindInvalid},
		{"a short row", "a.tsv", "task\tlabel\nt1\ta\nt2\n", "a.tsv line 3: 1 fields: want 2, as in the header", fault.KindInvalid},
		{"a row of many fields", "a.csv", "task,label\nt1,a,b\n", "a.csv line 2: wrong number of fields", fault.KindInvalid},
		{"a stray quote", "a.csv", "task,label\nt1,a\nt2,b\"\n", "a.csv line 3: bare \" in non-quoted-field", fault.KindInvalid},
		{"a quote that does not end", "a.csv", "task,label\nt1,\"a\n", "a.csv line 2: extraneous or missing \" in quoted-field", fault.KindInvalid},
		{"a long row", "a.csv", "task,label\nt1," + strings.Repeat("a", sheet.MaxLine+5000), "a.csv line 2: a row of more than 16777216 bytes: a quote that does not end?", fault.KindLimit},
		{"a long line", "a.tsv", "task\tlabel\n" + strings.Repeat("a", sheet.MaxLine+1), "a.tsv line 2: more than 16777216 bytes", fault.KindLimit},
		{"no object", "a.jsonl", `{"task":"t1","label":"a"}` + "\n[1]\n", "a.jsonl line 2: want an object: json: cannot unmarshal array", fault.KindInvalid},
		{"no UTF-8", "a.tsv", "task\tlabel\nt1\t\xff\n", "a.tsv line 2, field label: \"\xff\": want UTF-8", fault.KindInvalid},
		{"no Parquet", "a.parquet", "task\tlabel\n", "a.parquet line 1: no Parquet: ", fault.KindInvalid},
		{"broken gzip", "a.tsv", "\x1f\x8b\x08nonsense", "a.tsv line 1: ", fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, tt.file)
			if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := read(sheet.Source{Name: path}, columns...)
			if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""), tt.want) || fault.KindOf(err) != tt.kind {
				t.Errorf("error %v of kind %v, want %q of kind %v", err, fault.KindOf(err), tt.want, tt.kind)
			}
		})
	}
}

func TestFormatsGoByNameUnlessGiven(t *testing.T) {
	tests := []struct {
		name  string
		given sheet.Format
		want  sheet.Format // "" for an error
	}{
		{"a.tsv", "", sheet.TSV}, {"b/a.CSV", "", sheet.CSV}, {"a.jsonl.gz", "", sheet.JSONL}, {"a.ndjson", "", sheet.JSONL},
		{"a.parquet", "", sheet.Parquet}, {"-", "", sheet.TSV}, {"-", sheet.Parquet, sheet.Parquet}, {"a.txt", sheet.CSV, sheet.CSV},
		{"a.txt", "", ""}, {"a", "", ""}, {"a.tsv", "xls", ""}, {"a.parquet.gz", "", ""},
	}
	for _, tt := range tests {
		got, err := sheet.FormatOf(tt.name, tt.given)
		if got != tt.want || (err != nil) != (tt.want == "") || err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Errorf("FormatOf(%q, %q) = %q, %v; want %q", tt.name, tt.given, got, err, tt.want)
		}
	}
}

// row has a column of every type.
type row struct {
	Task  string  `json:"task" parquet:"task"`
	N     int     `json:"n" parquet:"n"`
	Share float64 `json:"share" parquet:"share"`
}

// share writes a number in one way; formats differ in theirs.
func share(x float64) string { return strconv.FormatFloat(x, 'e', -1, 64) }

func TestWhatIsWrittenIsRead(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringMatching(`[^\t\r\n\x00]*`)
		rows := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) row {
			return row{text.Draw(r, "task"), rapid.Int().Draw(r, "n"), float64(rapid.IntRange(0, 1e6).Draw(r, "ppm")) / 1e6}
		}), 1, 2000/rapid.IntRange(1, 100).Draw(r, "fewer")).Draw(r, "rows")
		var want []string
		for _, x := range rows {
			want = append(want, fmt.Sprintf("%s|%d|%s", x.Task, x.N, share(x.Share)))
		}
		for _, name := range []string{"a.tsv", "a.csv", "a.jsonl", "a.parquet", "a.tsv.gz"} {
			path := filepath.Join(dir, "new", name)
			if err := sheet.Write(sheet.Target{Name: path}, slices.Values(rows)); err != nil {
				r.Fatal(err)
			}
			got, err := read(sheet.Source{Name: path}, sheet.Need("task"), sheet.Need("n"), sheet.Need("share"))
			for i, line := range got {
				_, line, _ = strings.Cut(line, ": ")
				cells := strings.Split(line, "|")
				n := len(cells) - 1
				x, err := strconv.ParseFloat(cells[n], 64)
				if err != nil {
					r.Fatal(err)
				}
				got[i] = strings.Join(append(cells[:n], share(x)), "|")
			}
			if err != nil || !slices.Equal(got, want) {
				r.Fatalf("%s: %q, %v; want %q", name, got, err, want)
			}
		}
	})
}

func TestAFileAppearsWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.tsv")
	if err := sheet.Write(sheet.Target{Name: path}, slices.Values([]row{{"t1", 1, .5}})); err != nil {
		t.Fatal(err)
	}
	err := sheet.Write(sheet.Target{Name: path}, slices.Values([]row{{"t2", 1, .5}, {"a\tb", 1, .5}}))
	if want := `field task: "a	b": TSV holds no tab and no line end: write .csv, .jsonl or .parquet`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "task\tn\tshare\nt1\t1\t0.5\n" {
		t.Errorf("the file holds %q, %v; want what stood there", got, err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v; want one file", left, err)
	}
}

func TestAMissingFileIsNotFound(t *testing.T) {
	_, err := sheet.Open(sheet.Source{Name: filepath.Join(t.TempDir(), "a.tsv")})
	if !os.IsNotExist(err) && (err == nil || !strings.Contains(err.Error(), "no such file")) {
		t.Errorf("error %v, want that of the system", err)
	}
}

// FuzzRead checks that no input, of any format, does worse than an error of
// its own kind, and that rows have as many cells as were picked.
func FuzzRead(f *testing.F) {
	var table bytes.Buffer
	if err := sheet.Write(sheet.Target{Name: sheet.Std, Format: sheet.Parquet, Stdout: &table}, slices.Values([]row{{"t1", 1, .5}, {"t2", 2, 1}})); err != nil {
		f.Fatal(err)
	}
	f.Add("tsv", []byte("task\tlabel\nt1\ta\n"))
	f.Add("csv", []byte("task,label\n\"t1\",\"a\"\"\n\"\n"))
	f.Add("jsonl", []byte("{\"task\":\"t1\",\"label\":[1,{}]}\n{\"task\":null}\n"))
	f.Add("parquet", table.Bytes())
	f.Add("tsv", []byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, format string, text []byte) {
		r, err := sheet.Open(sheet.Source{Name: sheet.Std, Format: sheet.Format(format), Stdin: bytes.NewReader(text)})
		if err == nil {
			defer r.Close()
			err = r.Pick(sheet.Need("task"), sheet.May("label"))
		}
		if err != nil {
			if fault.Is(err, fault.KindInternal) {
				t.Fatalf("error %v without a kind", err)
			}
			return
		}
		line := 0
		for row, err := range r.Rows() {
			if err != nil {
				if fault.Is(err, fault.KindInternal) {
					t.Fatalf("error %v without a kind", err)
				}
				return
			}
			if len(row.Cells) != 2 || row.Line <= line {
				t.Fatalf("row %+v after line %d", row, line)
			}
			line = row.Line
		}
	})
}
