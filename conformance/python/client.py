"""Does what the server asks for, with the client of python-socketio; see PythonClientTest."""

import sys

import socketio

client = socketio.Client(reconnection=False)
other = '/other'


@client.on('mirror')
def mirror(value):
    client.emit('value', value)


@client.on('question')
def question(text):
    return 'answer to ' + text


@client.on('add')
def add(numbers):
    client.emit('sum', numbers, callback=lambda total: client.emit('value', total))


@client.on('mirror', namespace=other)
def mirror_other(value):
    client.emit('value', value, namespace=other)


@client.on('leave')
def leave():
    client.disconnect()


client.connect(sys.argv[1], transports=sys.argv[2].split(','), namespaces=['/', other], auth={'token': 'é'})
client.wait()
