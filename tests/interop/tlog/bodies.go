package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"
)

// publication is a leaf of the log of logs.
type publication struct {
	log    string
	size   int64
	root   tlog.Hash
	bodies [32]byte
}

func parsePublication(entry []byte) (publication, error) {
	var p publication
	if !bytes.HasPrefix(entry, []byte("sbll1")) || len(entry) < 6 || len(entry) != 6+int(entry[5])+80 {
		return p, fmt.Errorf("not a leaf of the log of logs")
	}
	name := int(entry[5])
	p.log = string(entry[6 : 6+name])
	rest := entry[6+name:]
	p.size = int64(binary.BigEndian.Uint64(rest))
	copy(p.root[:], rest[8:40])
	copy(p.bodies[:], rest[40:72])
	return p, nil
}

// chain is the value of the chain over a log's bodies at every size.
func (j *journal) chain(log string, size int64) ([][32]byte, error) {
	values := [][32]byte{{}}
	lastTime := uint64(0)
	for n := int64(0); n*256 < size; n++ {
		width := int(min(256, size-n*256))
		path := c2spPath(tlog.Tile{H: tileHeight, L: -1, N: n, W: width})
		data, err := os.ReadFile(filepath.Join(j.dir, log, "bodies", path[len("tile/entries/"):]))
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(data[:32], values[len(values)-1][:]) {
			return nil, fmt.Errorf("%s bundle %d does not continue the chain", log, n)
		}
		data = data[32:]
		for range width {
			length := int(binary.BigEndian.Uint32(data[25:29]))
			at := binary.BigEndian.Uint64(data[17:25])
			if data[0] != 1 || at < lastTime {
				return nil, fmt.Errorf("%s has a record of another kind, or time goes back", log)
			}
			lastTime = at
			sealed := sha256.Sum256(data[29 : 29+length])
			before := values[len(values)-1]
			step := append([]byte("sbac1"), before[:]...)
			step = append(step, data[1:25]...)
			values = append(values, sha256.Sum256(append(step, sealed[:]...)))
			data = data[29+length:]
		}
		if len(data) != 0 {
			return nil, fmt.Errorf("%s bundle %d has bytes left over", log, n)
		}
	}
	return values, nil
}

// checkBodies holds every publication of the log of logs against trees and bodies.
func (j *journal) checkBodies() (string, error) {
	tree, err := j.checkpoint("logs")
	if err != nil {
		return "", err
	}
	leaves, err := j.entries("logs", tree.N)
	if err != nil {
		return "", err
	}
	chains := map[string][][32]byte{}
	trees := map[string]*stored{}
	last := map[string]publication{}
	for i, leaf := range leaves {
		p, err := parsePublication(leaf)
		if err != nil {
			return "", fmt.Errorf("leaf %d: %w", i, err)
		}
		if chains[p.log] == nil {
			full, err := j.checkpoint(p.log)
			if err != nil {
				return "", err
			}
			if chains[p.log], err = j.chain(p.log, full.N); err != nil {
				return "", err
			}
			entries, err := j.entries(p.log, full.N)
			if err != nil {
				return "", err
			}
			if trees[p.log], err = build(entries); err != nil {
				return "", err
			}
		}
		root, err := tlog.TreeHash(p.size, trees[p.log])
		if err != nil || root != p.root || chains[p.log][p.size] != p.bodies {
			return "", fmt.Errorf("leaf %d does not fit %s at size %d (%v)", i, p.log, p.size, err)
		}
		last[p.log] = p
	}
	for log, p := range last {
		full, err := j.checkpoint(log)
		if err != nil || full.N != p.size || full.Hash != p.root {
			return "", fmt.Errorf("%s was published last at another size (%v)", log, err)
		}
	}
	return fmt.Sprintf("%d publications of %d logs", len(leaves), len(last)), nil
}
