package delivery

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/work"
)

// Names of the files that only a form has.
const (
	WideFile = "labels/wide.jsonl"
	LossFile = "labels/LOSS.txt"
)

// CocoFile names the COCO file of a control.
func CocoFile(control string) string { return "labels/coco-" + control + ".json" }

// Exports writes the records of a form in the words of others; nothing without
// a form. They follow from items and records, so that anybody can write them
// again and compare.
func Exports(form *answer.Form, items []byte, records []dataset.Record) ([]File, error) {
	if form == nil {
		return nil, nil
	}
	rows, err := rowsOf(*form, items, records)
	if err != nil {
		return nil, err
	}
	files := []File{{WideFile, wide(*form, rows)}}
	loss := []string{
		"What the files in this folder leave out of records.jsonl, which has all of it.", "",
		path.Base(WideFile) + ": how many answers each record rests on.",
	}
	for n, c := range form.Controls {
		lost, pictured := cocoLoss(c.Type)
		if !pictured {
			continue
		}
		files = append(files, File{CocoFile(c.Name), encode(coco(c, n, rows))})
		loss = append(loss, fmt.Sprintf("%s: %s", path.Base(CocoFile(c.Name)), strings.Join(append([]string{"all other controls; confidence and status"}, lost...), "; ")+"."))
	}
	return append(files, File{LossFile, []byte(strings.Join(loss, "\n") + "\n")}), nil
}

// row is a record with its item and its values.
type row struct {
	dataset.Record
	item   work.Item
	values answer.Values
}

func rowsOf(form answer.Form, text []byte, records []dataset.Record) ([]row, error) {
	items, err := work.ParseItems(text)
	if err != nil {
		return nil, err
	}
	at := make(map[string]work.Item, len(items))
	for _, item := range items {
		at[item.ID] = item
	}
	rows := make([]row, len(records))
	for i, r := range records {
		values, err := form.Parse([]byte(r.Value))
		if err != nil {
			return nil, fault.Invalid("delivery: record %q: %w", r.Item, err)
		}
		rows[i] = row{r, at[r.Item], values}
	}
	return rows, nil
}

// wide writes one line per record: item, then the controls in the form's order,
// null where one was left open, then confidence and status.
func wide(form answer.Form, rows []row) []byte {
	var text []byte
	for _, r := range rows {
		text = append(text, `{"item":`...)
		text = append(text, quote(r.Item)...)
		for n, c := range form.Controls {
			text = append(append(text, ','), quote(column(c.Name))...)
			text = append(text, ':')
			if r.values[n] == nil {
				text = append(text, "null"...)
			} else {
				text = append(text, answer.Encode(r.values[n])...)
			}
		}
		text = fmt.Appendf(text, `,"_confidence_ppm":%d,"_status":%s}`, r.Confidence, quote(r.Status))
		text = append(text, '\n')
	}
	return text
}

// column names a control's member; "item" is taken.
func column(control string) string {
	if control == "item" {
		return "item_"
	}
	return control
}

func quote(s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		panic("delivery: " + err.Error()) // strings always marshal
	}
	return text
}

// cocoLoss says what COCO has no words for of a type, and whether it has words
// for it at all.
func cocoLoss(t answer.Type) (lost []string, pictured bool) {
	switch t {
	case answer.TypeBox:
		return []string{"the turn of a box: bbox is that of the box before it was turned, rotation, in radians about its corner, is ours"}, true
	case answer.TypePolygon, answer.TypeMask:
		return nil, true
	case answer.TypeKeypoint:
		return []string{"which keypoints belong to one thing: each is an annotation of its own"}, true
	default:
		return nil, false
	}
}

// picture is what COCO says of an image.
type picture struct {
	Name          string `json:"name"`
	CID           string `json:"cid"`
	Width, Height int64
}

// pictureOf finds the image a control is about in the data of an item.
func pictureOf(c answer.Control, item work.Item) picture {
	p := picture{Name: item.ID, CID: string(item.Content)}
	var data map[string]json.RawMessage
	if json.Unmarshal(item.Data, &data) != nil {
		return p
	}
	var asset struct {
		CID    string `json:"cid"`
		Name   string `json:"name"`
		Width  int64  `json:"width"`
		Height int64  `json:"height"`
	}
	if json.Unmarshal(data[c.Target], &asset) == nil && asset.CID != "" {
		p.CID, p.Width, p.Height = asset.CID, asset.Width, asset.Height
		if asset.Name != "" {
			p.Name = asset.Name
		}
	}
	return p
}

// coco writes the regions of one control.
func coco(c answer.Control, n int, rows []row) object {
	images, annotations := []object{}, []object{}
	for i, r := range rows {
		p := pictureOf(c, r.item)
		images = append(images, object{"id": i + 1, "file_name": p.Name, "width": p.Width, "height": p.Height, "item": r.Item, "cid": p.CID})
		for _, a := range regions(r.values[n]) {
			a["id"], a["image_id"] = len(annotations)+1, i+1
			a["category_id"] = slices.IndexFunc(c.Labels, func(l answer.Label) bool { return l.ID == a["category_id"] }) + 1
			annotations = append(annotations, a)
		}
	}
	categories := []object{}
	for i, l := range c.Labels {
		category := object{"id": i + 1, "name": l.ID, "supercategory": l.Parent}
		if c.Type == answer.TypeKeypoint {
			category["keypoints"], category["skeleton"] = []string{l.ID}, []any{}
		}
		categories = append(categories, category)
	}
	return object{"images": images, "annotations": annotations, "categories": categories}
}

// px turns 1/1024 px into pixels, exactly.
func px(n int64) float64 { return float64(n) / 1024 }

// regions are the annotations of a value; the category is its label as yet.
func regions(v answer.Value) []object {
	var all []object
	switch v := v.(type) {
	case answer.Boxes:
		for _, b := range v {
			a := object{"category_id": b.Label, "bbox": []float64{px(b.X), px(b.Y), px(b.W), px(b.H)}, "area": px(b.W) * px(b.H), "iscrowd": 0, "segmentation": []any{}}
			if b.Rot != 0 {
				a["rotation"] = float64(b.Rot) / 1e6
			}
			all = append(all, a)
		}
	case answer.Polygons:
		for _, p := range v {
			all = append(all, polygon(p))
		}
	case answer.Masks:
		for _, m := range v {
			all = append(all, mask(m))
		}
	case answer.Keypoints:
		for _, k := range v {
			all = append(all, object{"category_id": k.Label, "keypoints": []float64{px(k.X), px(k.Y), 2}, "num_keypoints": 1, "bbox": []float64{px(k.X), px(k.Y), 0, 0}, "area": 0, "iscrowd": 0, "segmentation": []any{}})
		}
	}
	return all
}

func polygon(p answer.Polygon) object {
	var flat []float64
	low, high := p.Points[0], p.Points[0]
	var twice float64
	before := p.Points[len(p.Points)-1]
	for _, at := range p.Points {
		flat = append(flat, px(at[0]), px(at[1]))
		low = [2]int64{min(low[0], at[0]), min(low[1], at[1])}
		high = [2]int64{max(high[0], at[0]), max(high[1], at[1])}
		twice += float64(px(before[0])*px(at[1])) - float64(px(at[0])*px(before[1]))
		before = at
	}
	return object{
		"category_id": p.Label, "segmentation": [][]float64{flat}, "area": max(twice, -twice) / 2, "iscrowd": 0,
		"bbox": []float64{px(low[0]), px(low[1]), px(high[0] - low[0]), px(high[1] - low[1])},
	}
}

// mask writes runs as they are, which COCO keeps for crowds.
func mask(m answer.Mask) object {
	var area, at int64
	left, right, top, bottom := m.Size[1], int64(-1), m.Size[0], int64(-1)
	for i, n := range m.Counts {
		if i%2 == 1 {
			area += n
			first, last := at, at+n-1
			left, right = min(left, first/m.Size[0]), max(right, last/m.Size[0])
			if first/m.Size[0] == last/m.Size[0] {
				top, bottom = min(top, first%m.Size[0]), max(bottom, last%m.Size[0])
			} else {
				top, bottom = 0, m.Size[0]-1
			}
		}
		at += n
	}
	bounds := []int64{0, 0, 0, 0}
	if area > 0 {
		bounds = []int64{left, top, right - left + 1, bottom - top + 1}
	}
	return object{"category_id": m.Label, "segmentation": object{"size": m.Size, "counts": m.Counts}, "area": area, "bbox": bounds, "iscrowd": 1}
}
