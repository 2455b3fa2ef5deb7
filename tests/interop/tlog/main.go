// Reads a journal that sealbook wrote, with the tree, tiles and notes of golang.org/x/mod instead of
// ours, and the formats of docs/formats/audit-log.md written anew from that page.
//
//	tlog DIR     DIR/audit, DIR/key, DIR/proofs/*; writes its own proofs to DIR/go/
//
// Prints one line per case: "ok CASE: …" or "FAILED CASE: why".
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// journal is a folder of logs and the key that signs them.
type journal struct {
	dir    string
	origin string
	key    []byte // algorithm byte and Ed25519 public key
}

func open(dir string) (*journal, error) {
	text, err := os.ReadFile(filepath.Join(dir, "key"))
	if err != nil {
		return nil, err
	}
	vkey := strings.TrimSpace(string(text))
	if _, err := note.NewVerifier(vkey); err != nil {
		return nil, fmt.Errorf("the instance's key: %w", err)
	}
	parts := strings.SplitN(vkey, "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	return &journal{filepath.Join(dir, "audit"), parts[0], key}, err
}

// verifier is the key of one log: the same bytes under the log's own name.
func (j *journal) verifier(log string) (note.Verifier, error) {
	vkey, err := note.NewEd25519VerifierKey(j.origin+"/"+log, j.key[1:])
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(vkey)
}

func (j *journal) openCheckpoint(log string, text []byte) (tlog.Tree, error) {
	verifier, err := j.verifier(log)
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != j.origin+"/"+log {
		return tlog.Tree{}, fmt.Errorf("checkpoint of %s has another shape", log)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func (j *journal) checkpoint(log string) (tlog.Tree, error) {
	text, err := os.ReadFile(filepath.Join(j.dir, log, "checkpoint"))
	if err != nil {
		return tlog.Tree{}, err
	}
	return j.openCheckpoint(log, text)
}

// c2spPath is the path of a tile below its log; tlog's own path has the height in it and "data" for entries.
func c2spPath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", tileHeight))
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

// tiles serves hash tiles from the log's folder; TileHashReader checks each against the root.
type tiles struct {
	dir  string
	read int
}

func (t *tiles) Height() int { return tileHeight }
func (t *tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range want {
		data, err := os.ReadFile(filepath.Join(t.dir, c2spPath(tile)))
		if err != nil {
			return nil, err
		}
		t.read++
		out = append(out, data)
	}
	return out, nil
}
func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// entries reads all entry bundles of a log.
func (j *journal) entries(log string, size int64) ([][]byte, error) {
	var out [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := int(min(256, size-n*256))
		data, err := os.ReadFile(filepath.Join(j.dir, log, c2spPath(tlog.Tile{H: tileHeight, L: -1, N: n, W: width})))
		if err != nil {
			return nil, err
		}
		for range width {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("bundle %d is torn", n)
			}
			length := int(binary.BigEndian.Uint16(data))
			out = append(out, data[2:2+length])
			data = data[2+length:]
		}
		if len(data) != 0 {
			return nil, fmt.Errorf("bundle %d has bytes left over", n)
		}
	}
	return out, nil
}

// stored holds all hashes of a tree, in tlog's order.
type stored []tlog.Hash

func (s *stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range indexes {
		if i >= int64(len(*s)) {
			return nil, fmt.Errorf("no stored hash %d", i)
		}
		out = append(out, (*s)[i])
	}
	return out, nil
}

func build(entries [][]byte) (*stored, error) {
	var all stored
	for i, entry := range entries {
		more, err := tlog.StoredHashes(int64(i), entry, &all)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return &all, nil
}

// checkTree rebuilds the tree from the entries and compares the root and every tile file with it.
func (j *journal) checkTree(log string) (string, error) {
	tree, err := j.checkpoint(log)
	if err != nil {
		return "", err
	}
	entries, err := j.entries(log, tree.N)
	if err != nil {
		return "", err
	}
	all, err := build(entries)
	if err != nil {
		return "", err
	}
	root, err := tlog.TreeHash(tree.N, all)
	if err != nil || root != tree.Hash {
		return "", fmt.Errorf("root %v, signed is %v (%v)", root, tree.Hash, err)
	}
	files := 0
	for _, tile := range tlog.NewTiles(tileHeight, 0, tree.N) {
		want, err := tlog.ReadTileData(tile, all)
		if err != nil {
			return "", err
		}
		got, err := os.ReadFile(filepath.Join(j.dir, log, c2spPath(tile)))
		if err != nil || !bytes.Equal(got, want) {
			return "", fmt.Errorf("%s differs (%v)", c2spPath(tile), err)
		}
		files++
	}
	return fmt.Sprintf("%d entries, %d tiles", tree.N, files), nil
}

func run(name string, check func() (string, error)) bool {
	what, err := check()
	if err != nil {
		fmt.Printf("FAILED %s: %v\n", name, err)
		return false
	}
	fmt.Printf("ok %s: %s\n", name, what)
	return true
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: tlog DIR")
		os.Exit(64)
	}
	j, err := open(os.Args[1])
	if err != nil {
		fmt.Printf("FAILED open: %v\n", err)
		os.Exit(1)
	}
	logs, err := os.ReadDir(j.dir)
	if err != nil {
		fmt.Printf("FAILED open: %v\n", err)
		os.Exit(1)
	}
	good := true
	for _, log := range logs {
		good = run("tree_of_"+log.Name(), func() (string, error) { return j.checkTree(log.Name()) }) && good
	}
	good = run("chain_over_bodies", j.checkBodies) && good
	good = run("our_inclusion_proofs", func() (string, error) { return j.checkInclusion(os.Args[1]) }) && good
	good = run("our_consistency_proofs", func() (string, error) { return j.checkConsistency(os.Args[1]) }) && good
	good = run("tile_hash_reader", func() (string, error) { return j.writeProofs(os.Args[1]) }) && good
	good = run("a_changed_tile_is_refused", func() (string, error) { return j.changedTile(os.Args[1]) }) && good
	if !good {
		os.Exit(1)
	}
}
