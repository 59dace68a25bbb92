// Random work on random floors, with every command that the editor has: for test_edit_sequences.py. Nothing is imported
// here: the test puts the editor's modules (see plan_scripts.EDITS and RESHAPE) before it.

const turned = (angle) => ([x, y]) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
const within = (size) => (chance() - 0.5) * size;

/** A corridor with rooms on both sides, or around a block; sometimes slanted, sometimes with gaps between the rooms. */
function randomFloor() {
    const turn = chance() < 0.3 ? turned(chance()) : ([x, y]) => [x, y];
    const grid = ([x, y]) => [Math.round(x * 1000) / 1000 + 0, Math.round(y * 1000) / 1000 + 0];
    const ring = (left, low, wide, high) => rectangle([left, low], [left + wide, low + high]).map(turn).map(grid);
    const gap = chance() < 0.3 ? 0.1 : 0;
    const rooms = [];
    const add = (shape, more = {}) => rooms.push({ id: `r${rooms.length}`, ring: shape, number: String(rooms.length), name: "", class: pick(["public", "private", "records", "undecided"]), ...more });
    if (chance() < 0.4) {
        add(ring(0, 0, 14, 10), { holes: [ring(2, 2, 10, 6)] });
        add(ring(2, 2, 4, 6));
        add(ring(6 + gap, 2, 6 - gap, 6));
    } else {
        add(ring(0, 0, 14, 2));
        for (let x = 0; x < 14; x += 3.5) add(ring(x, 2 + gap, 3.5 - gap, 3 + chance()));
    }
    const joined = joinWalls(rooms, new Map(rooms.map((room) => [room.id, shapeOf(room)])));
    return { rooms: rooms.map((room) => withShape(room, joined.get(room.id))), doors: [] };
}

/** One random command; what it gives back (a reason, or nothing) does not matter. */
function randomDeed() {
    const room = () => pick(plan.rooms);
    const some = () => plan.rooms.filter(() => chance() < 0.4);
    const corner = () => pick(cornersOf(room()));
    const moved = ([x, y], size) => [x + within(size), y + within(size)];
    const snapped = (point) => snapTo(plan.rooms, point, 0.3).at;
    const neighbours = () => {
        const first = room();
        return [first, ...plan.rooms.filter((other) => other !== first && touching(shapeOf(first), shapeOf(other)) > 0 && chance() < 0.5)];
    };
    const mended = (found) => {
        const [one, two] = found.rooms.map((id) => plan.room.get(id));
        if (found.kind === "overlap") cutFrom(edits, one, two);
        if (found.kind === "gap" && one) giveTo(edits, one, found.ring);
        if (found.kind === "crack") closeGap(edits, one, two);
    };
    return pick([
        () => edits.addRoom(rectangle(snapped([within(30), within(30)]), snapped([within(30), within(30)]))),
        () => { const at = corner(); edits.moveCorner(at, moved(at, 1)); },
        () => { const at = corner(); edits.moveCorner(at, snapped(moved(at, 3))); },
        () => { const at = room(); const index = Math.floor(chance() * cornersOf(at).length); edits.insertCorner(at.id, index, snapped(moved(cornersOf(at)[index], 3))); },
        () => { const at = room(); edits.removeCorner(at, Math.floor(chance() * cornersOf(at).length)); },
        () => edits.moveRooms(some(), [within(1), within(1)]),
        () => { const at = room(); splitRoom(edits, at, straightAcross(shapeOf(at), pick([0, 1]), pick(cornersOf(at))[0] + within(6))); },
        () => { const at = room(); splitRoom(edits, at, [snapped(corner()), snapped(moved(corner(), 2))]); },
        () => { const rooms = neighbours(); if (rooms.length > 1) mergeRooms(edits, rooms, pick(rooms)); },
        () => squareRooms(edits, some().length ? some() : [room()]),
        () => { const found = findings(plan.rooms); if (found.length) mended(pick(found)); },
        () => { const found = doorAt(plan.rooms, moved(corner(), 2), 1); if (found.jambs) edits.addDoor(found); },
        () => edits.changeRooms(some(), { class: pick(["public", "private", "records"]) }, "marking"),
        () => { if (plan.rooms.length > 3) edits.removeRooms([room()]); },
    ])();
}
