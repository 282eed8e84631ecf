package api

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// param is one value that a request may carry.
type param struct {
	name, doc string
	inPath    bool
	optional  bool
	// enum lists all values; else most bounds the length of a text or, with
	// number, the value.
	enum   []string
	number bool
	most   int64
	check  func(string) error
}

// The params that many routes have.
func limitParam() param {
	return param{name: "limit", doc: "most items; 50 without it", optional: true, number: true, most: maxLimit}
}

func cursorParam() param {
	return param{name: "cursor", doc: "next of the page before", optional: true, most: 400}
}

func textParam(name, doc string) param {
	return param{name: name, doc: doc, optional: true, most: 200}
}

func enumParam(name, doc, values string) param {
	return param{name: name, doc: doc, optional: true, enum: strings.Split(values, ",")}
}

func numberParam(name, doc string) param {
	return param{name: name, doc: doc, optional: true, number: true, most: 1 << 62}
}

func addressParam(name, doc string) param {
	return param{name: name, doc: doc, optional: true, most: 100, check: func(text string) error {
		_, err := id.ParseAddress(text)
		return err
	}}
}

func requestParam(name string) param {
	return param{name: name, doc: "a request", most: 64, check: func(text string) error {
		_, err := id.ParseRequestID(text)
		return err
	}}
}

func datasetParam() param {
	return path(param{name: "id", doc: "a dataset", most: 64, check: func(text string) error {
		_, err := id.ParseDatasetID(text)
		return err
	}})
}

func modelParam() param {
	return path(param{name: "id", doc: "a model", most: 64, check: func(text string) error {
		_, err := id.ParseModelID(text)
		return err
	}})
}

func path(p param) param {
	p.inPath, p.optional = true, false
	return p
}

func ordinal(name, doc string) param {
	return path(param{name: name, doc: doc, number: true, most: 1<<32 - 1})
}

// accept checks a value.
func (p param) accept(text string) error {
	switch {
	case len(p.enum) > 0:
		for _, v := range p.enum {
			if text == v {
				return nil
			}
		}
		return fault.Invalid("api: %s %.50q: one of %s", p.name, text, strings.Join(p.enum, ", "))
	case p.number:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 || n > p.most {
			return fault.Invalid("api: %s %.50q: a whole number from 0 to %d", p.name, text, p.most)
		}
	case int64(len(text)) > p.most || !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return fault.Invalid("api: %s of %d bytes: at most %d of UTF-8 without zeros", p.name, len(text), p.most)
	}
	if p.check != nil {
		return p.check(text)
	}
	return nil
}

// describe is the param in OpenAPI.
func (p param) describe() object {
	schema := object{"type": "string"}
	switch {
	case len(p.enum) > 0:
		schema["enum"] = p.enum
	case p.number:
		schema = object{"type": "integer", "minimum": 0, "maximum": p.most}
		if p.most > 1<<53 {
			delete(schema, "maximum")
		}
	default:
		schema["maxLength"] = p.most
	}
	in := "query"
	if p.inPath {
		in = "path"
	}
	return object{"name": p.name, "in": in, "required": !p.optional, "description": p.doc, "schema": schema}
}
