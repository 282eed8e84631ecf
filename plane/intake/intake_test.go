package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/intake"
	"github.com/alaya-network/alaya/plane/memory"
)

// door is an intake behind a server.
type door struct {
	*httptest.Server
	intake *intake.Intake
	store  *plane.Store
	driver *memory.Driver
	folder string
}

func open(t *testing.T, o intake.Options) *door {
	t.Helper()
	d := &door{driver: memory.New(), folder: o.Folder}
	if d.folder == "" {
		d.folder = t.TempDir()
	}
	var err error
	if d.store, err = plane.New(d.driver, plane.Defaults()); err != nil {
		t.Fatal(err)
	}
	o.Folder, o.Store = d.folder, d.store
	if o.Visitor == nil {
		o.Visitor = func(r *http.Request) string { return r.Header.Get("X-Visitor") }
	}
	if d.intake, err = intake.New(o); err != nil {
		t.Fatal(err)
	}
	d.Server = httptest.NewServer(d.intake.Handler())
	t.Cleanup(d.Close)
	return d
}

// reply is what came back.
type reply struct {
	code   int
	offset string
	after  string
	body   string
}

func (d *door) ask(t *testing.T, method, path, body string, header ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, d.URL+intake.Path+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header.Get("Upload-Offset"), answer.Header.Get("Retry-After"), string(text)}
}

// begin begins an upload and returns its path.
func (d *door) begin(t *testing.T, b intake.Begun) string {
	t.Helper()
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	r := d.ask(t, "POST", "", string(text))
	var o intake.Opened
	if err := json.Unmarshal([]byte(r.body), &o); err != nil || r.code != http.StatusCreated {
		t.Fatalf("begin %+v: %d %s", b, r.code, r.body)
	}
	return "/" + o.ID
}

// send uploads a whole file and finishes it.
func (d *door) send(t *testing.T, name string, content []byte) (intake.Finished, reply) {
	t.Helper()
	up := d.begin(t, intake.Begun{Name: name, Size: int64(len(content))})
	if r := d.ask(t, "PATCH", up, string(content), "Upload-Offset", "0"); r.code != http.StatusNoContent {
		t.Fatalf("PATCH: %d %s", r.code, r.body)
	}
	r := d.ask(t, "POST", up+"/finish", "")
	var f intake.Finished
	if r.code == http.StatusOK {
		if err := json.Unmarshal([]byte(r.body), &f); err != nil {
			t.Fatal(err)
		}
	}
	return f, r
}

// blobs counts what the store holds.
func (d *door) blobs(t *testing.T) (n int) {
	t.Helper()
	for _, err := range d.driver.Keys(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// left are the files on disk, records aside.
func (d *door) left(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(d.folder, func(path string, e fs.DirEntry, err error) error {
		if err == nil && path != d.folder && filepath.Ext(path) != ".json" {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestAnUploadGoesOnWhereItWas(t *testing.T) {
	d := open(t, intake.Options{})
	const content = "one,two\n3,4\n"
	sum := sha256.Sum256([]byte(content))
	up := d.begin(t, intake.Begun{Name: "__proto__.csv", Size: int64(len(content)), MIME: "image/png", SHA256: hex.EncodeToString(sum[:])})
	for _, step := range []struct {
		name, method, path, body, offset string
		code                             int
		at                               string
	}{
		{"nothing is here", "HEAD", up, "", "", 200, "0"},
		{"to finish is too early", "POST", up + "/finish", "", "", 409, ""},
		{"a piece out of order", "PATCH", up, "3,4\n", "8", 409, "0"},
		{"the first piece", "PATCH", up, "one,", "0", 204, "4"},
		{"the first piece again", "PATCH", up, "one,", "0", 409, "4"},
		{"a piece without a place", "PATCH", up, "two\n", "", 400, ""},
		{"a piece before the beginning", "PATCH", up, "two\n", "-1", 400, ""},
		{"more than announced", "PATCH", up, "two\n3,4\nmore", "4", 413, "4"},
		{"an upload that is not", "PATCH", "/x", "two\n", "4", 404, ""},
		{"the rest", "PATCH", up, "two\n3,4\n", "4", 204, "12"},
		{"all is here", "HEAD", up, "", "", 200, "12"},
		{"finish", "POST", up + "/finish", "", "", 200, ""},
		{"finish again", "POST", up + "/finish", "", "", 200, ""},
		{"a piece after the end", "PATCH", up, "x", "12", 409, "12"},
	} {
		r := d.ask(t, step.method, step.path, step.body, "Upload-Offset", step.offset)
		if r.code != step.code || r.offset != step.at {
			t.Fatalf("%s: %d at %q %s, want %d at %q", step.name, r.code, r.offset, r.body, step.code, step.at)
		}
		if step.name == "finish again" {
			want := fmt.Sprintf(`{"name":"__proto__.csv","cid":%q,"size":12,"mime":"text/csv"}`+"\n", id.RawCID([]byte(content)))
			if r.body != want {
				t.Errorf("finish again: %s, want %s", r.body, want)
			}
		}
	}
	if files := d.left(t); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

func TestAnUploadSurvivesTheProcess(t *testing.T) {
	d := open(t, intake.Options{})
	up := d.begin(t, intake.Begun{Name: "a.txt", Size: 8})
	d.ask(t, "PATCH", up, "half", "Upload-Offset", "0")
	d.Close()
	d = open(t, intake.Options{Folder: d.folder})
	if r := d.ask(t, "PATCH", up, "half", "Upload-Offset", "4"); r.code != http.StatusNoContent {
		t.Fatalf("after a restart: %d %s", r.code, r.body)
	}
	d.Close()
	d = open(t, intake.Options{Folder: d.folder})
	if r := d.ask(t, "POST", up+"/finish", ""); r.code != http.StatusOK || d.blobs(t) != 1 {
		t.Fatalf("finish after a restart: %d %s", r.code, r.body)
	}
}

func TestWhatACutConnectionSentIsKept(t *testing.T) {
	d := open(t, intake.Options{})
	up := d.begin(t, intake.Begun{Name: "a.txt", Size: 100})
	c, err := net.Dial("tcp", strings.TrimPrefix(d.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(c, "PATCH %s HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\nContent-Length: 100\r\n\r\nabcdef", intake.Path+up)
	for end := time.Now().Add(10 * time.Second); ; {
		r := d.ask(t, "HEAD", up, "")
		if r.code == http.StatusConflict { // the slow one has it
			_ = c.Close()
			r = d.ask(t, "HEAD", up, "")
		}
		if r.offset == "6" {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("HEAD: %d at %q, want 6", r.code, r.offset)
		}
	}
}

func TestUploadsThatAreRefused(t *testing.T) {
	d := open(t, intake.Options{MaxSize: 1000})
	for _, tt := range []struct {
		name, body string
		code       int
	}{
		{"no json", "x", 400},
		{"an unknown field", `{"name":"a","size":1,"cid":"x"}`, 400},
		{"a name with a folder", `{"name":"../a","size":1}`, 400},
		{"a name with a line break", `{"name":"a\nb","size":1}`, 400},
		{"no name", `{"size":1}`, 400},
		{"a name without an end", `{"name":"` + strings.Repeat("a", 300) + `","size":1}`, 400},
		{"a body without an end", `{"name":"` + strings.Repeat("a", 9000) + `","size":1}`, 400},
		{"no bytes", `{"name":"a","size":0}`, 413},
		{"bytes below zero", `{"name":"a","size":-5}`, 413},
		{"too many bytes", `{"name":"a","size":1001}`, 413},
		{"a hash that is none", `{"name":"a","size":1,"sha256":"zz"}`, 400},
	} {
		if r := d.ask(t, "POST", "", tt.body); r.code != tt.code {
			t.Errorf("%s: %d %s, want %d", tt.name, r.code, r.body, tt.code)
		}
	}
	up := d.begin(t, intake.Begun{Name: "a.txt", Size: 1, SHA256: strings.Repeat("0", 64)})
	d.ask(t, "PATCH", up, "a", "Upload-Offset", "0")
	if r := d.ask(t, "POST", up+"/finish", ""); r.code != 400 || !strings.Contains(r.body, "announced was") {
		t.Errorf("another hash: %d %s", r.code, r.body)
	}
	if _, r := d.send(t, "a.wav", []byte("RIFF\xff\xff\xff\x7fWAVEdata\xff\xff\xff\x7f")); r.code != 400 {
		t.Errorf("a wave that is none: %d %s", r.code, r.body)
	}
	for _, name := range []string{"a.svg", "a.png", "a.mp4"} {
		if _, r := d.send(t, name, []byte("<svg><script>x()</script></svg>")); r.code != 400 || !strings.Contains(r.body, name+`\" is text`) {
			t.Errorf("text named %s: %d %s", name, r.code, r.body)
		}
	}
	if n := d.blobs(t); n != 0 {
		t.Errorf("%d blobs of refused uploads", n)
	}
}

func TestUploadsAreBounded(t *testing.T) {
	now := time.Now()
	d := open(t, intake.Options{Each: 2, All: 3, Bytes: 1000, Hourly: 4, MaxSize: 900, Lifetime: time.Hour, Now: func() time.Time { return now }})
	begin := func(visitor string, size int) reply {
		return d.ask(t, "POST", "", fmt.Sprintf(`{"name":"a","size":%d}`, size), "X-Visitor", visitor)
	}
	for _, tt := range []struct {
		name, visitor string
		size, code    int
		says          string
	}{
		{"the first", "ann", 10, 201, ""},
		{"too many bytes together", "bob", 900, 201, ""},
		{"another", "bob", 200, 429, "bytes would be on their way"},
		{"the second", "ann", 10, 201, ""},
		{"a third of one visitor", "ann", 10, 429, "of yours"},
		{"a fourth of all", "eve", 10, 429, "3 are on their way"},
	} {
		r := begin(tt.visitor, tt.size)
		if r.code != tt.code || !strings.Contains(r.body, tt.says) {
			t.Errorf("%s: %d %s, want %d with %q", tt.name, r.code, r.body, tt.code, tt.says)
		}
		if (r.code == 429) != (r.after == "60") {
			t.Errorf("%s: %d, to come back in %q s", tt.name, r.code, r.after)
		}
	}
	now = now.Add(2 * time.Hour)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- d.intake.Run(ctx) }()
	for end := time.Now().Add(10 * time.Second); begin("ann", 10).code != 201; {
		if time.Now().After(end) {
			t.Fatal("what was given up is still here")
		}
	}
	stop()
	<-ended
	for range 3 { // the hour's fourth, with the one above
		begin("ann", 1)
		begin("ann", 1)
		now = now.Add(time.Minute)
	}
	if files, err := filepath.Glob(filepath.Join(d.folder, "*.json")); err != nil || len(files) != 2 {
		t.Errorf("records of one who may have two: %v, %v", files, err)
	}
}

func TestUploadsAreBoundedByTheHour(t *testing.T) {
	now := time.Now()
	d := open(t, intake.Options{Hourly: 1, Now: func() time.Time { return now }})
	begun := intake.Begun{Name: "a", Size: 10}
	d.begin(t, begun)
	now = now.Add(3 * time.Minute)
	if r := d.ask(t, "POST", "", `{"name":"b","size":1}`); r.code != 429 || r.after != "3420" || !strings.Contains(r.body, "within an hour: at most 1") {
		t.Errorf("the second, three minutes later: %d, to come back in %q s: %s", r.code, r.after, r.body)
	}
	now = now.Add(57 * time.Minute)
	d.begin(t, begun)
}

// zipped makes an archive of names and contents.
func zipped(t *testing.T, method uint16, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAnArchiveBecomesItsFiles(t *testing.T) {
	d := open(t, intake.Options{})
	f, r := d.send(t, "all.zip", zipped(t, zip.Deflate,
		"texts/", "", "texts/a.txt", "one", "b.csv", "1,2", "__MACOSX/b.csv", "\x00", ".DS_Store", "\x00", "page.html", "<p onload='x()'>", "__proto__/c.txt", "three"))
	if r.code != http.StatusOK || len(f.Items) != 4 {
		t.Fatalf("%d %s", r.code, r.body)
	}
	var got []string
	for _, k := range f.Items {
		content, err := d.store.GetBytes(t.Context(), k.CID, 100)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, k.Name+" "+k.MIME+" "+string(content))
	}
	want := []string{"texts/a.txt text/plain one", "b.csv text/csv 1,2", "page.html text/plain <p onload='x()'>", "__proto__/c.txt text/plain three"}
	if !slices.Equal(got, want) {
		t.Errorf("items %q, want %q", got, want)
	}
	if files := d.left(t); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

func TestHostileArchivesLeaveNothing(t *testing.T) {
	good := []string{"good.txt", "good"}
	many := slices.Repeat([]string{"", ""}, 20)
	for i := 0; i < len(many); i += 2 {
		many[i], many[i+1] = fmt.Sprint(i), "x"
	}
	link := func() []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		h := &zip.FileHeader{Name: "link"}
		h.SetMode(os.ModeSymlink | 0o777)
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, "/etc/passwd"); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	lies := zipped(t, zip.Store, "a.txt", "0123456789")
	at := bytes.LastIndex(lies, []byte("PK\x01\x02"))
	copy(lies[at+24:], "\x02\x00\x00\x00") // says that it unpacks to 2 bytes
	for _, tt := range []struct {
		name    string
		content []byte
		says    string
	}{
		{"a bomb", zipped(t, zip.Deflate, append(good, "bomb.txt", strings.Repeat("a", 8<<20))...), "unpacks to more than"},
		{"many small bombs", zipped(t, zip.Deflate, append(good, "a", strings.Repeat("a", 900<<10), "b", strings.Repeat("a", 900<<10), "c", strings.Repeat("a", 900<<10))...), "unpacks to more than"},
		{"many files", zipped(t, zip.Store, many...), "at most 8"},
		{"a path upwards", zipped(t, zip.Store, append(good, "../evil.txt", "x")...), "leaves the archive"},
		{"a path from the root", zipped(t, zip.Store, append(good, "/etc/evil", "x")...), "leaves the archive"},
		{"a path of another system", zipped(t, zip.Store, append(good, `C:\evil`, "x")...), "leaves the archive"},
		{"a name with a line break", zipped(t, zip.Store, append(good, "a\nb", "x")...), "control characters"},
		{"a file twice", zipped(t, zip.Store, append(good, good...)...), "stands twice"},
		{"an archive within", zipped(t, zip.Store, append(good, "inner.zip", string(zipped(t, zip.Store, good...)))...), "an archive itself"},
		{"a drawing with a script", zipped(t, zip.Store, append(good, "a.SVG", "<svg onload='x()'/>")...), "never SVG"},
		{"a program", zipped(t, zip.Store, append(good, "a.exe", "MZ\x90\x00")...), "none of the kinds"},
		{"a link", link(), "a link"},
		{"nothing", zipped(t, zip.Store), "no files"},
		{"a length that is a lie", lies, "archive"},
		{"half an archive", zipped(t, zip.Store, good...)[:40], "cut short"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := open(t, intake.Options{Archive: intake.Archive{Files: 8, Total: 2 << 20}})
			_, r := d.send(t, "a.zip", tt.content)
			if r.code != 400 && r.code != 413 || !strings.Contains(r.body, tt.says) {
				t.Errorf("%d %s, want 400 or 413 with %q", r.code, r.body, tt.says)
			}
			if n := d.blobs(t); n != 0 {
				t.Errorf("%d blobs are kept", n)
			}
			if files := d.left(t); len(files) != 1 { // the archive, for another try
				t.Errorf("left behind: %v", files)
			}
		})
	}
}
