// All chosen files as one JSON stream: path below what was chosen, and content in base 64. A folder's own name is kept,
// hidden files and other programs' files are left where they are.
export async function read(input) {
    const files = [...input.files].filter(file => /\.(json|sbn|zip)$/i.test(file.name) && !/(^|\/)(\.|node_modules\/)/.test(file.webkitRelativePath));
    const sent = await Promise.all(files.map(async file => ({ path: file.webkitRelativePath || file.name, data: await base64(file) })));
    input.value = "";
    return new Blob([JSON.stringify(sent)]);
}

function base64(file) {
    return new Promise((done, failed) => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
        reader.onerror = () => failed(reader.error);
        reader.readAsDataURL(file);
    });
}
